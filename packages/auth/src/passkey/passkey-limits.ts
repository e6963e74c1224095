import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consume } from '../limit/sign-in-limits.ts';
import { isLoopback, networkOf } from '../session/device.ts';

export interface PasskeyLimits {
  /** Counts one question or answer of somebody who is not signed in; throws `TooManyAttempts`. */
  count(address: string): Promise<void>;
}

/** A passkey cannot be guessed: this bounds the rows and the work that strangers cause. Every sign-in page asks once. */
export function createPasskeyLimits(): PasskeyLimits {
  const byNetwork = new RateLimiterMemory({ points: 60_000, duration: 15 * 60 });
  return { count: (address) => consume(byNetwork, networkOf(address), isLoopback(address) ? 1 : 100) };
}
