import type { Clock } from '../clock/clock.ts';

/** Hands on the newest of many values: the first at once, then one in each `interval` ms, and the last one always. */
export class PacedValue<Value> {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #take: (value: Value) => void;
  #takenAt = -Infinity;
  #waiting: { readonly value: Value } | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, interval: number, take: (value: Value) => void) {
    this.#clock = clock;
    this.#interval = interval;
    this.#take = take;
  }

  set(value: Value): void {
    this.#waiting = { value };
    const wait = this.#takenAt + this.#interval - this.#clock.precise();
    if (wait <= 0) this.#handOn();
    else this.#cancel ??= this.#clock.setTimer(() => this.#handOn(), wait);
  }

  /** What waits is dropped. */
  stop(): void {
    this.#waiting = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  #handOn(): void {
    const waiting = this.#waiting;
    this.stop();
    if (waiting === null) return;
    this.#takenAt = this.#clock.precise();
    this.#take(waiting.value);
  }
}
