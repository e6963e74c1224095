import {
  type Database,
  findClaimants,
  findUserByEmail,
  hasOtherWaysIn,
  type Scope,
  type ScopedTx,
  type User,
} from '@atrium/db';
import { normalEmail } from '../account/normal-email.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { MailLimits } from '../limit/mail-limits.ts';
import { magicLetter } from '../mail/letter/magic-letter.ts';
import { resetLetter } from '../mail/letter/reset-letter.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import type { Device } from '../session/device.ts';
import type { MailLinks } from './mail-links.ts';

/** What anybody may ask to be mailed to an address. */
export interface LinkRequests {
  /**
   * Answers before anything is looked up, so that neither the answer nor its time tells whether there is an account.
   * Throws `TooManyAttempts`, for unknown addresses too.
   */
  request(email: string, purpose: 'magic' | 'reset', device: Device): Promise<void>;
}

export interface LinkRequestOptions {
  readonly db: Database;
  readonly audit: AuditTrail;
  readonly links: MailLinks;
  readonly limits: MailLimits;
  readonly queue: MailQueue;
}

const door: Scope = { system: 'mail-link' };
const letters = { magic: magicLetter, reset: resetLetter };
const actions = { magic: 'magic-link-requested', reset: 'password-reset-requested' } as const;

export function createLinkRequests({ db, audit, links, limits, queue }: LinkRequestOptions): LinkRequests {
  return {
    async request(email, purpose, device) {
      const to = normalEmail(email);
      await limits.mail(to, device.address);
      queue.push(async () => {
        const user = await db.withScope(door, (tx) => accountOf(tx, to));
        if (!user || user.disabledAt) return null;
        const url = await links.issue({ userId: user.id, purpose, email: to });
        await audit.record({ action: actions[purpose], userId: user.id, actorId: null, device });
        return letters[purpose]({ to, name: user.name, url });
      });
    },
  };
}

/** How many who claim an address are looked at: the newest ones. */
const mostClaimants = 5;

/**
 * Whoever has confirmed the address, or else the newest claim to it that can become its reader's alone: not one that
 * somebody can open by more than a password.
 */
async function accountOf(tx: ScopedTx, email: string): Promise<User | null> {
  const owner = await findUserByEmail(tx, email);
  if (owner) return owner.user;
  for (const { user } of await findClaimants(tx, email, mostClaimants)) {
    if (!(await hasOtherWaysIn(tx, user.id))) return user;
  }
  return null;
}
