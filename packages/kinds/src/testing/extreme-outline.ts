import { checkElement } from '../board/check.ts';
import type { RawElement } from './valid-element.ts';

export type Outline = (count: number, side: number) => number[][];

/** The outline of a comb, closed: each line of a hatched fill would cross all its teeth. */
export const comb: Outline = (count, side) => {
  const teeth = Array.from({ length: count - 1 }, (_, at) => [(at * side) / count, at % 2 === 0 ? 0 : side]);
  return [...teeth, [0, 0]];
};

/** A star of long thin rays, closed: everything crosses everything in the middle. */
export const star: Outline = (count, side) => {
  const rays = Array.from({ length: count - 1 }, (_, at) => [
    (side / 2) * (1 - Math.cos(at * 2.4)),
    (side / 2) * Math.sin(at * 2.4),
  ]);
  return [...rays, [0, 0]];
};

/** From corner to corner, as far as a line can go, never closed. */
export const zigzag: Outline = (count, side) =>
  Array.from({ length: count }, (_, at) => [at % 2 === 0 ? 0 : side, (at * side) / (count - 1)]);

/** All in one place. */
export const dot: Outline = (count) => Array.from({ length: count }, () => [0, 0]);

/** With points as they are stored, and the size that follows from them. */
export function outlined(element: RawElement, points: readonly number[][]): RawElement {
  const rounded = points.map((point) => point.map((part) => Math.round(part * 100) / 100 + 0));
  const span = (axis: number) => {
    const along = rounded.map((point) => point[axis] ?? 0);
    const length = along.reduce((a, b) => Math.max(a, b)) - along.reduce((a, b) => Math.min(a, b));
    return Math.round(length * 100) / 100;
  };
  return { ...element, points: rounded, width: span(0), height: span(1) };
}

/** The largest one that a board takes, to the pixel. */
export function largest(make: (side: number) => RawElement): RawElement {
  let [fits, tooLarge] = [1, 50_001];
  while (tooLarge - fits > 1) {
    const side = Math.floor((fits + tooLarge) / 2);
    if (checkElement(make(side)).ok) fits = side;
    else tooLarge = side;
  }
  return make(fits);
}
