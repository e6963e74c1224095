/** A repeatable source of chance: the same seed gives the same elements, in any process. */
export interface Random {
  /** From 0 up to, and without, `below`. */
  int(below: number): number;
  /** True once in `in` times. */
  once(outOf: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32: 32 bits of state are plenty for choosing test cases. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    once: (outOf) => int(outOf) === 0,
    pick: (items) => {
      const [first] = items.slice(int(items.length));
      if (first === undefined) throw new RangeError('There is nothing to pick from.');
      return first;
    },
  };
}
