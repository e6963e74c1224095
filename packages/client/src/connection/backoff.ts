/** Milliseconds; the first retry is quick because most losses are short, the cap keeps a returning server alive. */
const firstDelay = 200;
const maxDelay = 5_000;

/**
 * How long to wait before opening a socket.
 * @param attempt 0 for a first opening (no wait), 1 for the first retry after a loss, and so on.
 * @param random in [0, 1): spreads clients that were all cut off at the same instant.
 * @returns milliseconds: 200 to 300 for the first retry, at most 5,000.
 */
export function delayBefore(attempt: number, random: number): number {
  if (attempt === 0) return 0;
  const base = firstDelay * 2 ** (attempt - 1);
  return Math.min(base + base * 0.5 * random, maxDelay * (1 - 0.3 * random));
}
