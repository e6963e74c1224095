import { expect, test, vi } from 'vitest';
import { sweepAccounts } from './sweep-accounts.ts';

test('A113 accounts are swept again and again, also after a failure, and not any more once it is stopped', async () => {
  vi.useFakeTimers();
  try {
    const failures: unknown[] = [];
    const counts = { due: 0, abandoned: 0 };
    const stop = sweepAccounts({
      every: 1_000,
      abandonedEvery: 3_500,
      sweep: () => (counts.due++ === 0 ? Promise.reject(new Error('no')) : Promise.resolve()),
      sweepAbandoned: async () => void counts.abandoned++,
      onError: (error) => failures.push(error),
    });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(counts).toEqual({ due: 4, abandoned: 1 });
    expect(failures).toEqual([new Error('no')]);
    await stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(counts.due).toBe(4);
  } finally {
    vi.useRealTimers();
  }
});
