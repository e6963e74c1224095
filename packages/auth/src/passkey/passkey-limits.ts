import { RateLimiterMemory } from 'rate-limiter-flexible';
import { consumeNetwork } from '../limit/consume.ts';

export interface PasskeyLimits {
  /** Counts one question or answer of somebody who is not signed in; throws `TooManyAttempts`. */
  count(address: string): Promise<void>;
}

/** A passkey cannot be guessed: this bounds the rows and the work that strangers cause. Every sign-in page asks once. */
export function createPasskeyLimits(): PasskeyLimits {
  const byNetwork = new RateLimiterMemory({ points: 60_000, duration: 15 * 60 });
  return { count: (address) => consumeNetwork(byNetwork, address) };
}
