import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TooManyAttempts } from '../limit/consume.ts';
import { createCodeLimits } from './code-limits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const quarter = 15 * 60_000 + 1_000;

test('A71 ten codes a quarter of an hour and forty a day, for each account', async () => {
  const limits = createCodeLimits();
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < 10; n++) await limits.attempt('ada', 'totp');
    await expect(limits.attempt('ada', 'totp')).rejects.toThrow(TooManyAttempts);
    vi.advanceTimersByTime(quarter);
  }
  await expect(limits.attempt('ada', 'totp')).rejects.toThrow(TooManyAttempts);
  await limits.attempt('bob', 'totp');
  await limits.attempt('ada', 'recovery-code');
});

test('A71 right codes use nothing up, and do not hide guesses of the day', async () => {
  const limits = createCodeLimits();
  for (let n = 0; n < 100; n++) {
    await limits.attempt('ada', 'totp');
    await limits.forgive('ada', 'totp');
  }
  for (let round = 0; round < 8; round++) {
    for (let n = 0; n < 5; n++) await limits.attempt('ada', 'totp');
    await limits.attempt('ada', 'totp').then(
      () => limits.forgive('ada', 'totp'),
      () => expect(round).toBe(7),
    );
  }
  await expect(limits.attempt('ada', 'totp')).rejects.toThrow(TooManyAttempts);
});
