/** Slows a sender down instead of refusing: what comes too fast waits its turn. */
export interface Pacer {
  /** Resolves when `count` more may pass; false at once when too many wait already. */
  take(count: number): Promise<boolean>;
}

/** A token bucket that may go into debt; the debt is the wait. Rates per second. */
export function createPacer(opts: { perSecond: number; burst: number; mostWaiting: number }): Pacer {
  let tokens = opts.burst;
  let filledAt = Date.now();

  return {
    async take(count) {
      const now = Date.now();
      tokens = Math.min(opts.burst, tokens + ((now - filledAt) / 1000) * opts.perSecond);
      filledAt = now;
      if (tokens - count < -opts.mostWaiting) return false;
      tokens -= count;
      if (tokens < 0) await new Promise((resolve) => setTimeout(resolve, (-tokens / opts.perSecond) * 1000));
      return true;
    },
  };
}
