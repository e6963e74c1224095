/**
 * The canvas must never be given two elements with the same z-order key. Two people who draw at once always make the
 * same key; the server repairs that, and until its answer is here the newer element gets a provisional key.
 */
import { generateKeyBetween } from 'fractional-indexing';
import type { SceneElement } from './scene-element.ts';

export interface OrderOptions {
  /** True for a key that the server gave: the other one makes room. */
  readonly isConfirmed: (id: string) => boolean;
  /** Makes the element with the new key: a copy, or itself when it is under the pen. */
  readonly rekey: (element: SceneElement, index: string) => SceneElement;
}

/** The elements by their keys, each key once. */
export function inOrder(elements: readonly SceneElement[], opts: OrderOptions): SceneElement[] {
  const sorted = elements.toSorted((a, b) => compareKeys(a.index, b.index) || compareClaims(a, b, opts));
  let below: string | null = null;
  return sorted.map((element, i) => {
    const isFree = element.index !== null && (below === null || element.index > below);
    const placed: SceneElement = isFree
      ? element
      : opts.rekey(element, generateKeyBetween(below, above(sorted, i, below)));
    below = placed.index;
    return placed;
  });
}

/** The next key that is greater than `below`; null when there is none. */
function above(sorted: readonly SceneElement[], from: number, below: string | null): string | null {
  for (let i = from; i < sorted.length; i += 1) {
    const index = sorted[i]?.index ?? null;
    if (index !== null && (below === null || index > below)) return index;
  }
  return null;
}

/** Elements without a key are on top. */
export function compareKeys(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

function compareClaims(a: SceneElement, b: SceneElement, opts: OrderOptions): number {
  const confirmed = Number(opts.isConfirmed(b.id)) - Number(opts.isConfirmed(a.id));
  return confirmed || (a.id < b.id ? -1 : 1);
}
