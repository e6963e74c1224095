/** How many sockets one session, one person and one address may hold on this node. */
export interface SocketLimits {
  readonly perSession: number;
  readonly perUser: number;
  readonly perAddress: number;
  /** Of those, how many may be programs that have not said their token yet. */
  readonly unknownPerAddress: number;
}

export const defaultSocketLimits: SocketLimits = {
  perSession: 1_024,
  perUser: 2_048,
  perAddress: 16_384,
  unknownPerAddress: 128,
};

/** Counts sockets by whatever they belong to. */
export class SocketCount {
  readonly #counts = new Map<string, number>();

  /** Takes one place under each key, or none at all when one is full. */
  take(places: readonly { key: string; most: number }[]): (() => void) | null {
    if (places.some(({ key, most }) => (this.#counts.get(key) ?? 0) >= most)) return null;
    for (const { key } of places) this.#add(key, 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      for (const { key } of places) this.#add(key, -1);
    };
  }

  #add(key: string, by: number): void {
    const next = (this.#counts.get(key) ?? 0) + by;
    if (next === 0) this.#counts.delete(key);
    else this.#counts.set(key, next);
  }
}
