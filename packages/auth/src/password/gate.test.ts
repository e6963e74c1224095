import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

test('A27 never more than the width run at once, and all get their turn', async () => {
  const gate = createGate(4);
  let running = 0;
  let most = 0;
  const task = async (value: number) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return value;
  };
  const values = await Promise.all(Array.from({ length: 50 }, (_, index) => gate(() => task(index))));
  expect(values).toEqual(Array.from({ length: 50 }, (_, index) => index));
  expect(most).toBe(4);
});

test('a task that throws gives its place back', async () => {
  const gate = createGate(1);
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate(() => Promise.resolve('next'))).toBe('next');
});
