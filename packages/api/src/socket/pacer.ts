/** Slows a sender down instead of refusing: what comes too fast waits its turn. */
export interface Pacer {
  /** Resolves when `count` more may pass; false at once when too many wait already. */
  take(count: number): Promise<boolean>;
}

export interface Pace {
  readonly perSecond: number;
  /** What may pass at once after a pause. */
  readonly burst: number;
  /** More than this many waiting are refused. */
  readonly mostWaiting: number;
}

/** A token bucket that may go into debt; the debt is the wait. */
export function createPacer(pace: Pace): Pacer & { isIdle(): boolean } {
  let tokens = pace.burst;
  let filledAt = Date.now();
  const fill = () => {
    const now = Date.now();
    tokens = Math.min(pace.burst, tokens + ((now - filledAt) / 1000) * pace.perSecond);
    filledAt = now;
  };

  return {
    isIdle() {
      fill();
      return tokens === pace.burst;
    },
    async take(count) {
      fill();
      if (tokens - count < -pace.mostWaiting) return false;
      tokens -= count;
      if (tokens < 0) await new Promise((resolve) => setTimeout(resolve, (-tokens / pace.perSecond) * 1000));
      return true;
    },
  };
}

/** A pacer for each key (a tab, a session), kept while it matters. */
export class Pacers {
  readonly #pacers = new Map<string, ReturnType<typeof createPacer>>();
  readonly #pace: Pace;
  #cleanAt = 1_000;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  of(key: string): Pacer {
    const known = this.#pacers.get(key);
    if (known) return known;
    if (this.#pacers.size >= this.#cleanAt) this.#clean();
    const pacer = createPacer(this.#pace);
    this.#pacers.set(key, pacer);
    return pacer;
  }

  /** A full bucket is as good as a new one. */
  #clean(): void {
    for (const [key, pacer] of this.#pacers) if (pacer.isIdle()) this.#pacers.delete(key);
    this.#cleanAt = Math.max(1_000, this.#pacers.size * 2);
  }
}
