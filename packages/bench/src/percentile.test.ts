import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test('the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([percentile(values, 50), percentile(values, 99), percentile(values, 100)]).toEqual([50, 99, 100]);
  expect([percentile([7], 50), percentile([], 50)]).toEqual([7, 0]);
});
