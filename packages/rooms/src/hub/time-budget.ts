/**
 * A token bucket of run time: a room may burn `perSecond` ms of each second, and as much at once when it was idle.
 * Who overdraws waits until the debt is paid; everybody else's turn comes meanwhile. Pure.
 */
export class TimeBudget {
  readonly #perSecond: number;
  #left: number;
  #at: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
    this.#at = now;
  }

  /** Takes what was used; answers how many ms the room has to wait before its next turn. Both times in ms. */
  spend(used: number, now: number): number {
    const earned = ((now - this.#at) / 1_000) * this.#perSecond;
    this.#left = Math.min(this.#perSecond, this.#left + Math.max(0, earned)) - used;
    this.#at = now;
    return this.#left >= 0 ? 0 : (-this.#left / this.#perSecond) * 1_000;
  }
}
