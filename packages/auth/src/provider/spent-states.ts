import { handshakeAge } from './handshake.ts';

/** How many are remembered; the oldest are forgotten first. */
const most = 10_000;

/** Remembers which hand-shakes were used for as long as their cookies could still be opened. */
export class SpentStates {
  readonly #at = new Map<string, number>();

  /** False when this state was spent before. */
  spend(state: string, now: number): boolean {
    for (const [old, at] of this.#at) {
      if (now - at < handshakeAge && this.#at.size < most) break;
      this.#at.delete(old);
    }
    if (this.#at.has(state)) return false;
    this.#at.set(state, now);
    return true;
  }
}
