import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isLoopback, networkOf } from '../session/device.ts';

/** Too many attempts; `retryAfter` in seconds. */
export class TooManyAttempts extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(
      `Too many attempts. Try again in ${retryAfter < 90 ? `${retryAfter} seconds` : `${Math.ceil(retryAfter / 60)} minutes`}.`,
    );
    this.name = 'TooManyAttempts';
    this.retryAfter = retryAfter;
  }
}

export interface SignInLimits {
  /** Counts one attempt before any hashing; throws `TooManyAttempts`. Unknown accounts count like known ones. */
  attempt(account: string, address: string): Promise<void>;
  /** A right password forgives the earlier attempts from the same network. */
  forgive(account: string, address: string): Promise<void>;
  /** Counts one new account or guest from this address; throws `TooManyAttempts`. */
  arrival(address: string): Promise<void>;
}

/**
 * Lives inside the procedures: a batch or a socket walks past a limit that counts requests. An account is limited per
 * network, so that a stranger who guesses does not lock out its owner; the far higher limit over all networks slows
 * down whoever guesses from many. Behind a proxy on this machine every user has a loopback address unless TRUST_PROXY
 * names the real one, so loopback gets 100 times as much.
 */
export function createSignInLimits(): SignInLimits {
  const byAccountAndNetwork = new RateLimiterMemory({ points: 10, duration: 15 * 60 });
  const byAccount = new RateLimiterMemory({ points: 200, duration: 15 * 60 });
  const byNetwork = new RateLimiterMemory({ points: 10_000, duration: 15 * 60 });
  const arrivals = new RateLimiterMemory({ points: 6_000, duration: 60 * 60 });
  const weight = (address: string) => (isLoopback(address) ? 1 : 100);
  const pair = (account: string, address: string) => `${networkOf(address)} ${account}`;

  return {
    async attempt(account, address) {
      await consume(byNetwork, networkOf(address), weight(address));
      await consume(byAccountAndNetwork, pair(account, address), 1);
      await consume(byAccount, account, 1);
    },
    async forgive(account, address) {
      await byAccountAndNetwork.delete(pair(account, address));
    },
    async arrival(address) {
      await consume(arrivals, networkOf(address), weight(address));
    },
  };
}

/** Counts `points` against `key`; throws `TooManyAttempts`. */
export async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooManyAttempts(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}
