export interface JoinLimits {
  readonly joinsPerSecond: number;
  /** Joins that may come at once after a pause. */
  readonly joinsAtOnce: number;
  readonly bytesPerSecond: number;
  readonly bytesAtOnce: number;
  /** Who would have to wait longer (ms) is told when to come back instead. */
  readonly longestWait: number;
}

/**
 * Estimates for one core: a thousand joins a second leave most of it to those who are there, and so many bytes are half a
 * gigabit a second. `pnpm bench lateJoins` measures what a join costs.
 */
export const defaultJoinLimits: JoinLimits = {
  joinsPerSecond: 1_000,
  joinsAtOnce: 2_000,
  bytesPerSecond: 64 * 1024 * 1024,
  bytesAtOnce: 256 * 1024 * 1024,
  longestWait: 5_000,
};

/** All times in milliseconds. */
export type Admission =
  | { readonly isAdmitted: true; readonly wait: number }
  | { readonly isAdmitted: false; readonly retryAfter: number };

/** Nobody is told to stay away for longer. */
const mostRetryAfter = 60_000;

/**
 * How many viewers one node lets begin to watch a room in a second, and how many bytes of snapshots it gives away: when
 * a server comes back, everybody does. A short wait is a place in a queue. Whoever would wait long is sent away with a
 * time of their own, so that those who return do so one after the other. Pure: `now` is a time that is never set back.
 */
export class JoinBudget {
  readonly #limits: JoinLimits;
  readonly #random: () => number;
  /** When all places that were given away are paid for; in the past after a pause. */
  #joinsPaidAt = -Infinity;
  #bytesPaidAt = -Infinity;
  /** When the last of those who were sent away is expected. */
  #expectedAt = -Infinity;

  constructor(limits: JoinLimits, random: () => number = Math.random) {
    this.#limits = limits;
    this.#random = random;
  }

  get longestWait(): number {
    return this.#limits.longestWait;
  }

  admit(now: number): Admission {
    const { joinsPerSecond, joinsAtOnce, longestWait } = this.#limits;
    const each = 1_000 / joinsPerSecond;
    const paidAt = Math.max(this.#joinsPaidAt, now - joinsAtOnce * each) + each;
    const wait = Math.max(0, paidAt - now, this.byteWait(now));
    if (wait > longestWait) return { isAdmitted: false, retryAfter: this.#expect(now, wait) };
    this.#joinsPaidAt = paidAt;
    return { isAdmitted: true, wait };
  }

  /** How long the bytes that were given away keep everybody waiting. */
  byteWait(now: number): number {
    return Math.max(0, this.#bytesPaidAt - now);
  }

  /** A snapshot of about this size was given away. */
  spend(bytes: number, now: number): void {
    const { bytesPerSecond, bytesAtOnce } = this.#limits;
    const earliest = now - (bytesAtOnce / bytesPerSecond) * 1_000;
    this.#bytesPaidAt = Math.max(this.#bytesPaidAt, earliest) + (bytes / bytesPerSecond) * 1_000;
  }

  /** Sends somebody away who would have to wait so long: when they should come back. */
  sendAway(now: number): number {
    return this.#expect(now, this.byteWait(now));
  }

  #expect(now: number, wait: number): number {
    this.#expectedAt = Math.max(this.#expectedAt, now + wait) + 1_000 / this.#limits.joinsPerSecond;
    const delay = (this.#expectedAt - now) * (1 + this.#random() / 4);
    return Math.round(Math.min(delay, mostRetryAfter * (1 - this.#random() / 4)));
  }
}
