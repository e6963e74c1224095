import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Gathered } from './gathered.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what comes at once is told once, each sentence with its count', () => {
  const tell = vi.fn();
  const gathered = new Gathered(tell);
  for (const sentence of ['Locked.', 'Full.', 'Locked.']) gathered.add(sentence);
  expect(tell).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(tell.mock.calls).toEqual([
    [2, 'Locked.'],
    [1, 'Full.'],
  ]);
  gathered.add('Later.');
  vi.advanceTimersByTime(300);
  expect(tell).toHaveBeenLastCalledWith(1, 'Later.');
});
