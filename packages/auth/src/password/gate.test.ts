import { expect, test } from 'vitest';
import { createGate, LineFull } from './gate.ts';

test('A27 never more than the width run at once, and all get their turn', async () => {
  const gate = createGate({ width: 4, longest: 100 });
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
  const gate = createGate({ width: 1, longest: 1 });
  await expect(gate(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await gate(() => Promise.resolve('next'))).toBe('next');
});

test('A108 when the line is full the next one is refused at once, and it moves on all the same', async () => {
  const gate = createGate({ width: 1, longest: 2 });
  let finish = () => {};
  const first = gate(() => new Promise<string>((resolve) => (finish = () => resolve('first'))));
  const waiting = [gate(() => Promise.resolve('second')), gate(() => Promise.resolve('third'))];
  await expect(gate(() => Promise.resolve('fourth'))).rejects.toThrow(LineFull);
  finish();
  expect(await Promise.all([first, ...waiting])).toEqual(['first', 'second', 'third']);
  expect(await gate(() => Promise.resolve('fifth'))).toBe('fifth');
});
