import type { Database } from '@atrium/db';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { createAssertions } from '../passkey/assertions.ts';
import { createChallenges } from '../passkey/challenges.ts';
import { createPasskeyLimits } from '../passkey/passkey-limits.ts';
import { createPasskeySignIn, type PasskeySignIn } from '../passkey/passkey-sign-in.ts';
import { createPasskeys, type Passkeys } from '../passkey/passkeys.ts';
import { relyingPartyOf } from '../passkey/relying-party.ts';
import type { LimitBook } from '../limit/limit-book.ts';
import type { SecretBox } from '../seal/secret-box.ts';
import type { Sessions } from '../session/sessions.ts';
import { createCodeCheck } from './code-check.ts';
import { createCodeLimits } from './code-limits.ts';
import { createProveByFactor, type ProveByFactor } from './prove-by-factor.ts';
import type { SecondFactor } from './second-factor.ts';
import { createTotp, type Totp } from './totp.ts';

/** What opens an account besides a password. */
export interface Factors {
  readonly secondFactor: SecondFactor;
  readonly totp: Totp;
  readonly passkeys: Passkeys;
  readonly passkeySignIn: PasskeySignIn;
  readonly proveByFactor: ProveByFactor;
}

export interface FactorOptions {
  readonly db: Database;
  readonly box: SecretBox;
  readonly sessions: Sessions;
  readonly audit: AuditTrail;
  /** Origin of the app: passkeys are made for its host name. */
  readonly publicUrl: string;
  readonly book: LimitBook;
  /** Ids of those that are configured. */
  readonly providers: readonly string[];
  /** Milliseconds. */
  readonly now: () => number;
}

export function createFactors(options: FactorOptions): Factors {
  const { db, box, sessions, audit, publicUrl, book, providers, now } = options;
  const limits = createCodeLimits(book);
  const secondFactor = createCodeCheck({ db, box, limits, audit, now });
  const party = relyingPartyOf(publicUrl);
  const challenges = createChallenges({ db, now });
  const assertions = createAssertions({ db, party, now });
  return {
    secondFactor,
    totp: createTotp({ db, box, limits, audit, now }),
    passkeys: createPasskeys({ db, challenges, party, audit, providers, now }),
    passkeySignIn: createPasskeySignIn({
      ...{ sessions, audit, challenges, assertions, party },
      limits: createPasskeyLimits(book),
    }),
    proveByFactor: createProveByFactor({ secondFactor, challenges, assertions }),
  };
}
