import type { Database } from '@atrium/db';
import { type Accounts, createAccounts } from './account/accounts.ts';
import { createDeletions, type Deletions } from './account/deletions.ts';
import { createPasswordProof, type PasswordProof } from './account/password-proof.ts';
import { type ApiTokens, createApiTokens } from './api-token/api-tokens.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { createFactors, type Factors } from './factor/create-factors.ts';
import type { TellOwner } from './factor/factor-change.ts';
import { createDeviceCookies, type DeviceCookies } from './limit/device-cookie.ts';
import { createSignInLimits } from './limit/sign-in-limits.ts';
import type { Provider } from './provider/provider.ts';
import { createProviders, type Providers } from './provider/providers.ts';
import type { SecretBox } from './seal/secret-box.ts';
import type { Device } from './session/device.ts';
import type { Lifetimes } from './session/lifetimes.ts';
import type { Theft } from './session/present-token.ts';
import { createSessions, type Sessions } from './session/sessions.ts';

/** Everything about who somebody is. */
export interface Auth extends Factors {
  readonly lifetimes: Lifetimes;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly deletions: Deletions;
  readonly deviceCookies: DeviceCookies;
  readonly audit: AuditTrail;
  readonly passwordProof: PasswordProof;
  readonly apiTokens: ApiTokens;
  readonly providers: Providers;
}

export interface AuthOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
  readonly box: SecretBox;
  /** Origin of the app, without a trailing slash. */
  readonly publicUrl: string;
  /** Who else may say who somebody is. Default: nobody. */
  readonly providers?: readonly Provider[];
  /** Told of every change of a second factor or a passkey, to write to the owner. Default: nobody writes. */
  readonly tellOwner?: TellOwner;
  /** Called once per session that was ended because two held it, after it was written down: the person must be told. */
  readonly onTheft?: ((theft: Theft) => Promise<void> | void) | undefined;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/** Made once per process, over its database. */
export function createAuth(options: AuthOptions): Auth {
  const { db, lifetimes, box, publicUrl, providers = [], tellOwner = () => {}, onTheft, now = Date.now } = options;
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
  const factors = createFactors({ db, box, sessions, audit, publicUrl, tellOwner, now });
  const deviceCookies = createDeviceCookies(box);
  const { secondFactor } = factors;
  return {
    ...{ lifetimes, sessions, audit, deviceCookies, ...factors },
    accounts: createAccounts({ db, sessions, limits, audit, deviceCookies, secondFactor }),
    passwordProof: createPasswordProof({ db, limits, deviceCookies }),
    deletions: createDeletions({ db, audit }),
    apiTokens: createApiTokens({ db, box, audit, issuer: publicUrl }),
    providers: createProviders({ db, box, sessions, limits, audit, providers }),
  };
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
