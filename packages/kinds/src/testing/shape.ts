import { createRandom } from './random.ts';
import { type RawElement, validElement } from './valid-element.ts';

/** A rectangle at 0, 0. */
export function shape(id: string, changes: object = {}): RawElement {
  return { ...validElement(createRandom(1), id, 'rectangle'), x: 0, y: 0, ...changes };
}

/** A freehand stroke. */
export function stroke(id: string, points: readonly number[][], pressures: readonly number[] = []): RawElement {
  return { ...validElement(createRandom(1), id, 'freedraw'), points, pressures };
}

/** A line of two points from 0, 0. */
export function line(id: string): RawElement {
  const points = [
    [0, 0],
    [1, 1],
  ];
  return { ...validElement(createRandom(1), id, 'line'), x: 0, y: 0, points };
}
