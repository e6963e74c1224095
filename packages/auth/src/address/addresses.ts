import {
  confirmAddress,
  type Database,
  deleteOpeningLinks,
  deleteOtherSessions,
  findUser,
  findUserByEmail,
  type Scope,
} from '@atrium/db';
import { normalEmail } from '../account/normal-email.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { TooManyAttempts } from '../limit/consume.ts';
import type { MailLimits } from '../limit/mail-limits.ts';
import { changeEmailLetter } from '../mail/letter/change-email-letter.ts';
import { confirmLetter } from '../mail/letter/confirm-letter.ts';
import { knownAddressLetter } from '../mail/letter/known-address-letter.ts';
import type { Mail } from '../mail/mailer.ts';
import type { MailQueue } from '../mail/mail-queue.ts';
import { LinkRefused } from '../mail-link/link-refused.ts';
import type { MailLinks } from '../mail-link/mail-links.ts';
import type { Notices } from '../notice/notices.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';

/** Whose address it is now, and what ended with that. */
export interface ConfirmedAddress {
  readonly userId: string;
  /** Public ids of the sessions that were ended: all but the caller's own. */
  readonly ended: readonly string[];
}

/** From the claim to an address to the proof that its mail is read. Every mail goes out in the background. */
export interface Addresses {
  /** After a registration: the link, or word for the owner of the address that they have an account already. */
  greet(identity: Identity, device: Device): Promise<void>;
  /** The same again. Throws `TooManyAttempts`. Does nothing when the address is confirmed. */
  resend(identity: Identity, device: Device): Promise<void>;
  /** Signs in nobody; `caller` keeps their session when the account is theirs. Throws `LinkRefused`. */
  confirm(token: string, caller: Identity | null, device: Device): Promise<ConfirmedAddress>;
  /** Nothing changes before the link is used, or when it is the account's address already. Throws `TooManyAttempts`. */
  requestChange(identity: Identity, email: string, device: Device): Promise<void>;
  /** Throws `LinkRefused`. */
  confirmChange(token: string, caller: Identity, device: Device): Promise<ConfirmedAddress>;
  /** As the row says it now: a socket is as old as what it knows of its person. */
  isConfirmed(identity: Identity): Promise<boolean>;
}

export interface AddressOptions {
  readonly db: Database;
  readonly audit: AuditTrail;
  readonly links: MailLinks;
  readonly limits: MailLimits;
  readonly queue: MailQueue;
  readonly notices: Notices;
  readonly publicUrl: string;
}

const door: Scope = { system: 'mail-link' };

export function createAddresses(options: AddressOptions): Addresses {
  const { db, audit, links, limits, queue, notices } = options;
  const writeConfirmation = confirmationWriter(options);
  const writeChange = changeWriter(options);

  return {
    async greet({ user }, device) {
      try {
        await limits.mail(user.email ?? '', device.address);
        queue.push(() => writeConfirmation(user.id));
      } catch (error) {
        // The account is made all the same; who means it asks for the mail later.
        if (!(error instanceof TooManyAttempts)) throw error;
      }
    },

    async resend({ user }, device) {
      await limits.mail(user.email ?? '', device.address);
      queue.push(() => writeConfirmation(user.id));
    },

    async confirm(token, caller, device) {
      const confirmed = await links.consume(token, 'confirm', async (tx, { user, link: { email } }) => {
        if (user.confirmedAt) return { userId: user.id, ended: [] };
        await confirmAddress(tx, { userId: user.id, email, now: new Date() });
        const keepPublicId = caller?.user.id === user.id ? caller.session.publicId : null;
        const others = { userId: user.id, keepPublicId, reason: 'signed-out-elsewhere' } as const;
        return { userId: user.id, ended: await deleteOtherSessions(tx, others) };
      });
      await audit.record({ action: 'email-confirmed', userId: confirmed.userId, device });
      return confirmed;
    },

    async requestChange({ user }, email, device) {
      const wanted = normalEmail(email);
      if (user.confirmedAt && wanted === user.email) return;
      await limits.mail(wanted, device.address);
      queue.push(() => writeChange(user.id, wanted));
      await audit.record({ action: 'email-change-requested', userId: user.id, device });
    },

    async confirmChange(token, caller, device) {
      const { former, ...changed } = await links.consume(
        token,
        'change-email',
        async (tx, { user, link: { email } }) => {
          // Thrown inside, so that the link is not used up.
          if (caller.user.id !== user.id) throw new LinkRefused('other-person');
          await confirmAddress(tx, { userId: user.id, email, now: new Date() });
          await deleteOpeningLinks(tx, user.id);
          const keepPublicId = caller.session.publicId;
          const others = { userId: user.id, keepPublicId, reason: 'signed-out-elsewhere' } as const;
          return { userId: user.id, ended: await deleteOtherSessions(tx, others), former: user };
        },
      );
      if (former.email !== null && former.confirmedAt) {
        notices.sendToFormer({ email: former.email, name: former.name }, 'email-changed', device);
      }
      await audit.record({ action: 'email-changed', userId: changed.userId, device });
      return changed;
    },

    async isConfirmed({ user }) {
      const found = await db.withScope(door, (tx) => findUser(tx, user.id));
      return found?.confirmedAt != null;
    },
  };
}

/** A link for whoever claims the address; word for its owner when it has one. */
function confirmationWriter({ db, links, publicUrl }: AddressOptions): (userId: string) => Promise<Mail | null> {
  return async (userId) => {
    const found = await db.withScope(door, async (tx) => {
      const user = await findUser(tx, userId);
      return { user, owner: user?.email ? await findUserByEmail(tx, user.email) : null };
    });
    const { user, owner } = found;
    if (!user?.email || user.confirmedAt || user.disabledAt) return null;
    if (owner) return toOwner(owner.user, publicUrl);
    const url = await links.issue({ userId, purpose: 'confirm', email: user.email });
    return confirmLetter({ to: user.email, name: user.name, url });
  };
}

function changeWriter({ db, links, publicUrl }: AddressOptions) {
  return async (userId: string, email: string): Promise<Mail | null> => {
    const { user, owner } = await db.withScope(door, async (tx) => ({
      user: await findUser(tx, userId),
      owner: await findUserByEmail(tx, email),
    }));
    if (!user || user.disabledAt || owner?.user.id === userId) return null;
    if (owner) return toOwner(owner.user, publicUrl);
    const url = await links.issue({ userId, purpose: 'change-email', email });
    return changeEmailLetter({ to: email, name: user.name, url });
  };
}

function toOwner(
  { email, name, disabledAt }: { email: string | null; name: string; disabledAt: Date | null },
  publicUrl: string,
): Mail | null {
  return email === null || disabledAt ? null : knownAddressLetter({ to: email, name, publicUrl });
}
