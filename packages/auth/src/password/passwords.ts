import { type Database, deleteOpeningLinks, deleteOtherSessions, type Scope, setPasswordHash } from '@atrium/db';
import type { PasswordProof } from '../account/password-proof.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { type SecondFactor, secondFactorOf } from '../factor/second-factor.ts';
import { startShown } from '../factor/start-shown.ts';
import { LinkRefused } from '../mail-link/link-refused.ts';
import type { MailLinks } from '../mail-link/mail-links.ts';
import { ownClaim } from '../mail-link/own-claim.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import type { Sessions, StartedSession } from '../session/sessions.ts';
import { hashPassword } from './password.ts';
import { checkNewPassword } from './strength.ts';

export interface ResetRequest {
  readonly token: string;
  readonly password: string;
  /** Of the second factor, where the account has one: a mail alone does not get past it. */
  readonly code: string | undefined;
}

export interface ChangeRequest {
  /** Undefined: whoever asks has proved otherwise who they are, or there was no password. */
  readonly current: string | undefined;
  readonly password: string;
}

/** New passwords for accounts that exist. Whatever was mailed before works no more, and all other sessions end. */
export interface Passwords {
  /**
   * Signs in, with whatever the account asks for shown. Confirms the address of an account that had not. Throws
   * `LinkRefused`, `WeakPassword`, `SecondFactorRequired`, `BadCode`, `TooManyAttempts`; the link stays good then.
   */
  reset(request: ResetRequest, device: Device): Promise<{ started: StartedSession; ended: readonly string[] }>;
  /** Sets the first password, too. Answers the public ids of the sessions that ended. Throws what `PasswordProof` does, and `WeakPassword`. */
  change(identity: Identity, request: ChangeRequest, device: Device): Promise<readonly string[]>;
}

export interface PasswordOptions {
  readonly db: Database;
  readonly audit: AuditTrail;
  readonly links: MailLinks;
  readonly proof: PasswordProof;
  readonly sessions: Sessions;
  readonly secondFactor: SecondFactor;
}

const door: Scope = { system: 'credentials' };

export function createPasswords(options: PasswordOptions): Passwords {
  const { db, audit, links, proof, sessions, secondFactor } = options;

  return {
    async reset({ token, password, code }, device) {
      const { user, link } = await links.find(token);
      if (link.purpose !== 'reset') throw new LinkRefused('invalid');
      await checkNewPassword(password, { email: link.email, name: user.name });
      const more = await secondFactorOf(secondFactor, { userId: user.id, code, device });
      const passwordHash = await hashPassword(password);
      const { isConfirmed, ended } = await links.consume(token, 'reset', async (tx, owned) => {
        const isNew = await ownClaim(tx, owned);
        await setPasswordHash(tx, user.id, passwordHash);
        await deleteOpeningLinks(tx, user.id);
        const all = { userId: user.id, keepPublicId: null, reason: 'password-changed' } as const;
        return { isConfirmed: isNew, ended: await deleteOtherSessions(tx, all) };
      });
      if (isConfirmed) await audit.record({ action: 'email-confirmed', userId: user.id, device });
      await audit.record({ action: 'password-reset', userId: user.id, device });
      const all = { userId: user.id, device, first: 'mail', more } as const;
      return { started: await startShown({ sessions, secondFactor }, all), ended };
    },

    async change(identity, { current, password }, device) {
      const { user, session } = identity;
      if (current !== undefined) await proof.check(identity, current, device);
      await checkNewPassword(password, { email: user.email ?? '', name: user.name });
      const passwordHash = await hashPassword(password);
      const others = { userId: user.id, keepPublicId: session.publicId, reason: 'password-changed' } as const;
      const ended = await db.withScope(door, async (tx) => {
        await setPasswordHash(tx, user.id, passwordHash);
        await deleteOpeningLinks(tx, user.id);
        return deleteOtherSessions(tx, others);
      });
      await audit.record({ action: 'password-changed', userId: user.id, device });
      return ended;
    },
  };
}
