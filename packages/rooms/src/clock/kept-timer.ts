import type { Clock } from './clock.ts';

/** A timer that is told again and again how long to wait, and starts anew only when that changes. */
export class KeptTimer {
  readonly #clock: Clock;
  readonly #run: () => void;
  #ms: number | null = null;
  #cancel: () => void = () => {};

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Runs once after `ms`, counted from when this length was first asked for; null stops it. */
  keep(ms: number | null): void {
    if (ms === this.#ms) return;
    this.#cancel();
    this.#ms = ms;
    if (ms !== null) this.#cancel = this.#clock.setTimer(() => this.#fire(), ms);
  }

  #fire(): void {
    this.#ms = null;
    this.#run();
  }
}
