import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isLoopback } from '../session/device.ts';

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
  /** A right password forgives the account's earlier attempts. */
  forgive(account: string): Promise<void>;
  /** Counts one new account or guest from this address; throws `TooManyAttempts`. */
  arrival(address: string): Promise<void>;
}

/**
 * Lives inside the procedures: a batch or a socket walks past a limit that counts requests. Behind a proxy on this
 * machine every user has a loopback address unless TRUST_PROXY names the real one, so loopback gets 100 times as much.
 */
export function createSignInLimits(): SignInLimits {
  const byAccount = new RateLimiterMemory({ points: 10, duration: 15 * 60 });
  const byAddress = new RateLimiterMemory({ points: 10_000, duration: 15 * 60 });
  const arrivals = new RateLimiterMemory({ points: 6_000, duration: 60 * 60 });
  const weight = (address: string) => (isLoopback(address) ? 1 : 100);

  return {
    async attempt(account, address) {
      await consume(byAddress, address, weight(address));
      await consume(byAccount, account, 1);
    },
    async forgive(account) {
      await byAccount.delete(account);
    },
    async arrival(address) {
      await consume(arrivals, address, weight(address));
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooManyAttempts(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}
