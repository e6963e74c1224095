import { sleep } from '../clock/clock.ts';
import type { RoomServices } from './room-services.ts';
import { TimeBudget } from './time-budget.ts';

/** A room that stays slow is reported again after this, milliseconds. */
const reportPause = 10_000;

/** Makes a room wait that burns more time than it has, and lets everybody else have a turn after each long one. */
export class TurnPace {
  readonly #services: RoomServices;
  readonly #roomId: string;
  readonly #budget: TimeBudget;
  #reportedAt = -Infinity;
  #isHurried = false;

  constructor(services: RoomServices, roomId: string) {
    this.#services = services;
    this.#roomId = roomId;
    this.#budget = new TimeBudget(services.limits.runTimePerSecond, services.clock.precise());
  }

  /** From now on it only lets others have a turn: a server that stops has no time to wait. */
  hurry(): void {
    this.#isHurried = true;
  }

  /** Resolves when the room may go on after a turn that took `used` ms. */
  async rest(used: number): Promise<void> {
    const { clock, limits } = this.#services;
    const wait = this.#isHurried ? 0 : this.#budget.spend(used, clock.precise());
    if (wait > 0) this.#report(wait);
    if (wait > 0 || used >= limits.runTimePerTurn) await sleep(clock, wait);
  }

  #report(ms: number): void {
    const { clock, report } = this.#services;
    const now = clock.precise();
    if (now - this.#reportedAt < reportPause) return;
    this.#reportedAt = now;
    report({ type: 'room-slowed', roomId: this.#roomId, ms });
  }
}
