import { type RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isLoopback } from '../network/loopback.ts';
import { networkOf } from '../network/network.ts';

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

/** Counts `points` against `key`; throws `TooManyAttempts`. */
export async function consume(limiter: RateLimiterMemory, key: string, points: number): Promise<void> {
  try {
    await limiter.consume(key, points);
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new TooManyAttempts(Math.max(1, Math.ceil(error.msBeforeNext / 1000)));
    throw error;
  }
}

/** Counts one request against the network that it comes from; its limiter has 100 points for each. */
export async function consumeNetwork(limiter: RateLimiterMemory, address: string): Promise<void> {
  await consume(limiter, networkOf(address), weightOf(address));
}

/** Behind a local proxy all users share this machine's address, so it gets 100 times as much of what a network gets. */
export function weightOf(address: string): number {
  return isLoopback(address) ? 1 : 100;
}
