import type { Database } from '@atrium/db';
import { type Accounts, createAccounts } from './account/accounts.ts';
import { createPasswordProof, type PasswordProof } from './account/password-proof.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { createSignInLimits } from './limit/sign-in-limits.ts';
import type { SecretBox } from './seal/secret-box.ts';
import type { Device } from './session/device.ts';
import type { Lifetimes } from './session/lifetimes.ts';
import type { Theft } from './session/present-token.ts';
import { createSessions, type Sessions } from './session/sessions.ts';

/** Everything about who somebody is. */
export interface Auth {
  readonly lifetimes: Lifetimes;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly audit: AuditTrail;
  readonly passwordProof: PasswordProof;
}

export interface AuthOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
  readonly box: SecretBox;
  /** Called once per session that was ended because two held it, after it was written down: the person must be told. */
  readonly onTheft?: ((theft: Theft) => Promise<void> | void) | undefined;
}

/** Made once per process, over its database. */
export function createAuth({ db, lifetimes, onTheft }: AuthOptions): Auth {
  const audit = createAuditTrail(db);
  const limits = createSignInLimits();
  const sessions = createSessions({
    db,
    lifetimes,
    async onTheft(theft) {
      await writeDown(audit, theft);
      await onTheft?.(theft);
    },
  });
  const accounts = createAccounts({ db, sessions, limits });
  const passwordProof = createPasswordProof({ db, limits });
  return { lifetimes, sessions, accounts, audit, passwordProof };
}

const unknownDevice: Device = { userAgent: undefined, address: '' };

function writeDown(audit: AuditTrail, { user, publicId, device }: Theft): Promise<void> {
  return audit.record({
    action: 'session-theft',
    userId: user.id,
    // Nobody can tell the owner from the thief.
    actorId: null,
    device: device ?? unknownDevice,
    detail: { session: publicId },
  });
}
