import { createTOTPKeyURI, generateHOTP } from '@oslojs/otp';
import { timingSafeEqual } from 'node:crypto';

/** RFC 6238 with what every authenticator app knows: HMAC-SHA-1, 30 seconds, six digits. */
const stepLength = 30_000;
const digits = 6;

/** How many steps a clock may be off, to either side. */
const window = 1;

/** `now` in milliseconds. */
export function stepAt(now: number): number {
  return Math.floor(now / stepLength);
}

/** The six digits of a time step. */
export function codeAt(key: Uint8Array, step: number): string {
  return generateHOTP(key, BigInt(step), digits);
}

/** The step, around `now` (in milliseconds), whose code this is; null when there is none. */
export function matchingStep(key: Uint8Array, code: string, now: number): number | null {
  const current = stepAt(now);
  let found: number | null = null;
  for (let step = current - window; step <= current + window; step += 1) {
    if (isSame(codeAt(key, step), code)) found = step;
  }
  return found;
}

/** What an authenticator app reads from the QR code. `account` is for the person to tell it from others. */
export function totpUri(key: Uint8Array, account: string): string {
  return createTOTPKeyURI('Atrium', account, key, stepLength / 1_000, digits);
}

/** The secret in it, for people who type. */
export function secretIn(uri: string): string {
  return new URL(uri).searchParams.get('secret') ?? '';
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
