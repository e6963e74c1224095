import { expect, test } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import { PacedValue } from './paced-value.ts';

test('R49 hands on the first value at once, then one in each interval, and the last one always', async () => {
  const clock = createVirtualClock();
  const taken: number[] = [];
  const paced = new PacedValue<number>(clock, 100, (value) => taken.push(value));
  paced.set(0);
  expect(taken).toEqual([0]);
  for (let value = 1; value <= 25; value += 1) {
    await clock.advance(10);
    paced.set(value);
  }
  expect(taken).toEqual([0, 9, 19]);
  await clock.advance(100);
  expect(taken).toEqual([0, 9, 19, 25]);
  await clock.advance(1_000);
  paced.set(26);
  expect(taken.at(-1)).toBe(26);
});

test('R50 leaves nothing behind when it is stopped', async () => {
  const clock = createVirtualClock();
  const taken: number[] = [];
  const paced = new PacedValue<number>(clock, 100, (value) => taken.push(value));
  paced.set(1);
  paced.set(2);
  paced.stop();
  await clock.advance(1_000);
  expect(taken).toEqual([1]);
});
