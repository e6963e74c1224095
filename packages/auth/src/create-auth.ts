import type { Database } from '@atrium/db';
import { type Accounts, createAccounts } from './account/accounts.ts';
import { createDeletions, type Deletions } from './account/deletions.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { createDeviceCookies, type DeviceCookies } from './limit/device-cookie.ts';
import { createSignInLimits } from './limit/sign-in-limits.ts';
import type { SecretBox } from './seal/secret-box.ts';
import type { Lifetimes } from './session/lifetimes.ts';
import { createSessions, type Sessions } from './session/sessions.ts';

/** Everything about who somebody is. */
export interface Auth {
  readonly lifetimes: Lifetimes;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly deletions: Deletions;
  readonly deviceCookies: DeviceCookies;
  readonly audit: AuditTrail;
}

export interface AuthOptions {
  readonly db: Database;
  readonly lifetimes: Lifetimes;
  readonly box: SecretBox;
}

/** Made once per process, over its database. */
export function createAuth({ db, lifetimes, box }: AuthOptions): Auth {
  const audit = createAuditTrail(db);
  const sessions = createSessions({ db, lifetimes });
  const deviceCookies = createDeviceCookies(box);
  const accounts = createAccounts({ db, sessions, limits: createSignInLimits(), audit, deviceCookies });
  const deletions = createDeletions({ db, audit });
  return { lifetimes, sessions, accounts, deletions, deviceCookies, audit };
}
