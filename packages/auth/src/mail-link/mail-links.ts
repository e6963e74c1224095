import {
  consumeMailLink,
  type Database,
  findMailLink,
  insertMailLink,
  type MailLinkPurpose,
  type OwnedMailLink,
  type Scope,
  type ScopedTx,
} from '@atrium/db';
import { hashToken, newToken } from '../session/token.ts';
import { LinkRefused, nameTaken } from './link-refused.ts';

export interface LinkWish {
  readonly userId: string;
  readonly purpose: MailLinkPurpose;
  /** Lower case. */
  readonly email: string;
}

/** Links that are mailed: whoever has one has read the mail. The database holds hashes of their tokens. */
export interface MailLinks {
  /** The address of the page that uses it. Works once, for ten minutes. */
  issue(wish: LinkWish): Promise<string>;
  /** Uses nothing up. Throws `LinkRefused`. */
  find(token: string): Promise<OwnedMailLink>;
  /**
   * Uses the link up and does `act` in one transaction: both happen or neither. Of all who try, one gets so far. Throws
   * `LinkRefused`.
   */
  consume<Result>(
    token: string,
    purpose: MailLinkPurpose,
    act: (tx: ScopedTx, owned: OwnedMailLink) => Promise<Result>,
  ): Promise<Result>;
}

const lifetime = 10 * 60_000;
const door: Scope = { system: 'mail-link' };

/** A token stands behind the #, which browsers send to no server: the page shows, and a POST uses it. */
const pages = {
  confirm: '/confirm',
  magic: '/magic-link',
  reset: '/reset-password',
  'change-email': '/confirm-email-change',
} as const satisfies Record<MailLinkPurpose, string>;

export function createMailLinks({ db, publicUrl }: { readonly db: Database; readonly publicUrl: string }): MailLinks {
  return {
    async issue(wish) {
      const token = newToken();
      const createdAt = new Date();
      const expiresAt = new Date(createdAt.getTime() + lifetime);
      await db.withScope(door, (tx) =>
        insertMailLink(tx, { ...wish, tokenHash: hashToken(token), createdAt, expiresAt }),
      );
      return `${publicUrl}${pages[wish.purpose]}#${token}`;
    },

    async find(token) {
      const found = await db.withScope(door, (tx) => findMailLink(tx, hashToken(token), new Date()));
      if (!found) throw new LinkRefused('invalid');
      return found;
    },

    consume: (token, purpose, act) =>
      db
        .withScope(door, async (tx) => {
          const owned = await consumeMailLink(tx, { tokenHash: hashToken(token), purpose, now: new Date() });
          if (!owned) throw new LinkRefused('invalid');
          return act(tx, owned);
        })
        .catch(nameTaken),
  };
}
