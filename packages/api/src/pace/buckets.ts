export interface Pace {
  readonly perSecond: number;
  /** What may pass at once after a pause. */
  readonly burst: number;
}

/**
 * A token bucket for each key, which may go into debt; the debt is the wait. Keeps a bucket while it is not full. Counts
 * by the clock that is never set back.
 */
export class Buckets {
  readonly #pace: Pace;
  readonly #buckets = new Map<string, { tokens: number; filledAt: number }>();
  #cleanAt = 1_000;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Milliseconds until `count` more are paid for; 0 when they are now. Takes nothing. */
  waitFor(key: string, count: number): number {
    const tokens = this.#tokens(key) - count;
    return tokens >= 0 ? 0 : (-tokens / this.#pace.perSecond) * 1_000;
  }

  take(key: string, count: number): void {
    const tokens = this.#tokens(key) - count;
    if (!this.#buckets.has(key) && this.#buckets.size >= this.#cleanAt) this.#clean();
    this.#buckets.set(key, { tokens, filledAt: performance.now() });
  }

  #tokens(key: string): number {
    const known = this.#buckets.get(key);
    if (!known) return this.#pace.burst;
    return Math.min(
      this.#pace.burst,
      known.tokens + ((performance.now() - known.filledAt) / 1_000) * this.#pace.perSecond,
    );
  }

  /** A full bucket is as good as a new one. */
  #clean(): void {
    for (const key of this.#buckets.keys()) if (this.#tokens(key) === this.#pace.burst) this.#buckets.delete(key);
    this.#cleanAt = Math.max(1_000, this.#buckets.size * 2);
  }
}
