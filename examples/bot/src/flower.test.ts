import { expect, test } from 'vitest';
import { flower } from './flower.ts';

test('each ring is closed, lies within its radius, and has room for the next one', () => {
  const rings = flower(100);
  const reach = rings.map(({ points }) => Math.max(...points.map(([x, y]) => Math.hypot(x, y))));
  expect(reach.map(Math.round)).toEqual([100, 66, 34]);
  for (const { points } of rings) expect(points.at(-1)).toEqual(points[0]);
});
