import { generateKeyBetween } from 'fractional-indexing';
import { bounds } from './bounds.ts';

/**
 * The keys that say what lies above what. The server owns them: a canvas throws on a malformed key and on two equal
 * ones, and two people who draw at once always make the same one. A wish is repaired, never refused.
 */
export class ZOrder {
  /** Sorted by code unit, as the canvas compares them. */
  readonly #keys: string[];

  constructor(keys: Iterable<string>) {
    this.#keys = [...keys].toSorted(compare);
  }

  /**
   * Takes a key for an element: the one it asks for; just above whoever has that one already; on top of everything
   * when it asks for none, for a malformed one, or where the keys have no room left.
   */
  place(wanted: string | null): string {
    const key = wanted !== null && isOrderKey(wanted) ? this.#freeFrom(wanted) : this.#top();
    this.#keys.splice(this.#rank(key), 0, key);
    return key;
  }

  /** Gives a key back: its element is gone or about to get another one. */
  release(key: string): void {
    const at = this.#rank(key);
    if (this.#keys[at] === key) this.#keys.splice(at, 1);
  }

  #freeFrom(wanted: string): string {
    const at = this.#rank(wanted);
    if (this.#keys[at] !== wanted) return wanted;
    const above = generateKeyBetween(wanted, this.#keys[at + 1] ?? null);
    return above.length <= bounds.indexKey ? above : this.#top();
  }

  #top(): string {
    return generateKeyBetween(this.#keys.at(-1) ?? null, null);
  }

  /** Where the key is, or where it would have to go. */
  #rank(key: string): number {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? key) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * True for a key of the default alphabet of fractional-indexing. Heads near either end of the alphabet are not taken
 * from anybody: behind the last one, keys could only grow longer.
 */
export function isOrderKey(key: string): boolean {
  if (key.length > bounds.indexKey || !/^[S-Za-h][0-9A-Za-z]+$/.test(key)) return false;
  try {
    generateKeyBetween(key, null);
    return true;
  } catch {
    return false;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
