/** Milliseconds. The first retry is quick because most losses are short. */
const firstDelay = 200;
/** For the first minute or so: whoever looks at the page should not wait for long when the line is back. */
const patientDelay = 750;
const patientAttempts = 80;
/** Later: keeps a returning server alive. */
const maxDelay = 5_000;

/**
 * How long to wait before opening a socket.
 * @param attempt 0 for a first opening (no wait), 1 for the first retry after a loss, and so on.
 * @param random in [0, 1): spreads clients that were all cut off at the same instant.
 * @returns milliseconds: 200 to 300 for the first retry, then below a second for about a minute, at most 5,000.
 */
export function delayBefore(attempt: number, random: number): number {
  if (attempt === 0) return 0;
  const most = attempt <= patientAttempts ? patientDelay : maxDelay;
  const grown = Math.max(0, attempt - patientAttempts);
  const base = attempt <= patientAttempts ? firstDelay * 2 ** (attempt - 1) : patientDelay * 2 ** grown;
  return Math.min(base * (1 + 0.5 * random), most * (1 - 0.3 * random));
}
