import { type Database, findPasswordHash, type Scope } from '@atrium/db';
import { consume } from '../limit/consume.ts';
import type { DeviceCookies } from '../limit/device-cookie.ts';
import type { LimitBook } from '../limit/limit-book.ts';
import type { SignInLimits } from '../limit/sign-in-limits.ts';
import { verifyPassword } from '../password/password.ts';
import type { Device } from '../session/device.ts';
import type { Identity } from '../session/identity.ts';
import { BadCredentials } from './accounts.ts';

/** This person signs in by other means. Only ever told to whoever is signed in as them. */
export class NoPassword extends Error {
  constructor() {
    super('This account has no password.');
    this.name = 'NoPassword';
  }
}

/** Somebody who is signed in shows that they know the password. */
export interface PasswordProof {
  /**
   * Throws `BadCredentials`, `NoPassword`, `TooManyAttempts`: the attempts count together with those to sign in, and
   * besides by person, wherever they come from: a stranger who sits at an open session can guess nowhere else.
   */
  check(identity: Identity, password: string, device: Device): Promise<void>;
}

const door: Scope = { system: 'credentials' };

export interface PasswordProofParts {
  readonly db: Database;
  readonly limits: SignInLimits;
  readonly book: LimitBook;
  readonly deviceCookies: DeviceCookies;
}

export function createPasswordProof({ db, limits, book, deviceCookies }: PasswordProofParts): PasswordProof {
  const guesses = book.limiter({
    ...{ name: 'proof.account', points: 10, duration: 15 * 60 },
    words: 'Passwords that are tried by whoever is signed in to one account',
  });

  return {
    async check({ user }, password, { address, cookie }) {
      const passwordHash = await db.withScope(door, (tx) => findPasswordHash(tx, user.id));
      if (passwordHash === null) throw new NoPassword();
      const shown = deviceCookies.read(cookie);
      const known = shown?.userId === user.id ? shown : null;
      const attempt = { account: user.email ?? user.id, address, known };
      await consume(guesses, user.id, 1);
      await limits.attempt(attempt);
      if (!(await verifyPassword(passwordHash, password))) throw new BadCredentials();
      await guesses.delete(user.id);
      await limits.forgive(attempt);
    },
  };
}
