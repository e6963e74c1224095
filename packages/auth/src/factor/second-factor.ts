import type { Factor } from '@atrium/db';
import type { Device } from '../session/device.ts';

/** What a code was. */
export type CodeFactor = Extract<Factor, 'totp' | 'recovery-code'>;

/** The code of an authenticator app, or a recovery code: what opens an account besides a password or a mail. */
export interface SecondFactor {
  /** True when this account asks for a code. Having a passkey does not make it ask. */
  isNeeded(userId: string): Promise<boolean>;
  /**
   * What the code was when it was right, and uses it up; null when it was not. Every try counts, whatever it is for and
   * wherever it comes from. Throws `TooManyAttempts`. `device`: for the audit log, where it is known.
   */
  check(userId: string, code: string, device?: Device): Promise<CodeFactor | null>;
}

/** This account asks for a code, and there was none. Only for whoever has shown another factor already. */
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

export interface Shown {
  readonly userId: string;
  readonly code: string | undefined;
  readonly device?: Device;
}

/**
 * Which factors were shown besides the first one; empty where none is asked for. Throws `SecondFactorRequired`, `BadCode`,
 * `TooManyAttempts`.
 */
export async function secondFactorOf(
  secondFactor: SecondFactor,
  { userId, code, device }: Shown,
): Promise<readonly Factor[]> {
  if (!(await secondFactor.isNeeded(userId))) return [];
  if (code === undefined || code.trim() === '') throw new SecondFactorRequired();
  const factor = await secondFactor.check(userId, code, device);
  if (factor === null) throw new BadCode();
  return [factor];
}
