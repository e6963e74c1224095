import { expect, test } from 'vitest';
import { relativeTime } from './relative-time.ts';

const now = Date.UTC(2026, 5, 15, 12);
const minutes = (count: number) => now + count * 60_000;

test.each([
  [minutes(0), 'just now'],
  [minutes(-0.9), 'just now'],
  [minutes(-1), '1 minute ago'],
  [minutes(-59), '59 minutes ago'],
  [minutes(-60), '1 hour ago'],
  [minutes(-60 * 23), '23 hours ago'],
  [minutes(-60 * 24), 'yesterday'],
  [minutes(-60 * 24 * 3), '3 days ago'],
  [minutes(60 * 24 * 7), 'in 7 days'],
  [minutes(60 * 24 * 7 - 1), 'in 7 days'],
  [minutes(60 * 24 * 7 + 1), 'in 7 days'],
  [minutes(-60 * 24 * 7 + 1), '6 days ago'],
  [minutes(-60 * 24 * 31), 'May 15, 2026'],
])('%d reads as %s', (at, text) => {
  expect(relativeTime(at, now)).toBe(text);
});

test('a clock that is a little ahead is not the future', () => {
  expect(relativeTime(now + 20_000, now)).toBe('just now');
});
