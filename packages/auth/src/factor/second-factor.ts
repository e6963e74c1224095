import type { Factor } from '@atrium/db';

/** The code of an authenticator app, or a recovery code: what opens an account besides a password or a mail. */
export interface SecondFactor {
  /** True when this account asks for a code. */
  isNeeded(userId: string): Promise<boolean>;
  /** What the code was when it was right, and uses it up; null when it was not. Counts what is wrong. */
  check(userId: string, code: string): Promise<Extract<Factor, 'totp' | 'recovery-code'> | null>;
}

/** This account asks for a code, and there was none. */
export class SecondFactorRequired extends Error {
  constructor() {
    super('A code is needed as well.');
    this.name = 'SecondFactorRequired';
  }
}

/** The code is not right, or it was used already. */
export class BadCode extends Error {
  constructor() {
    super('The code is not right.');
    this.name = 'BadCode';
  }
}

/** Where no account has one. */
export const noSecondFactor: SecondFactor = {
  isNeeded: () => Promise.resolve(false),
  check: () => Promise.resolve(null),
};

/** Which factors were shown besides the first one. Throws `SecondFactorRequired`, `BadCode`. */
export async function secondFactorOf(
  secondFactor: SecondFactor,
  { userId, code }: { readonly userId: string; readonly code: string | undefined },
): Promise<readonly Factor[]> {
  if (!(await secondFactor.isNeeded(userId))) return [];
  if (code === undefined || code === '') throw new SecondFactorRequired();
  const factor = await secondFactor.check(userId, code);
  if (factor === null) throw new BadCode();
  return [factor];
}
