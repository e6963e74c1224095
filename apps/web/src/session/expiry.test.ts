import { expect, test } from 'vitest';
import { clockTime, expiryAt, spokenExpiry } from './expiry.ts';

test('nothing is said until two minutes before the end, and then every second', () => {
  expect(expiryAt(500_000, 0)).toEqual({ secondsLeft: null, lookAgain: 380_000 });
  expect(expiryAt(120_001, 0)).toEqual({ secondsLeft: null, lookAgain: 1 });
  expect(expiryAt(120_000, 0)).toEqual({ secondsLeft: 120, lookAgain: 1_000 });
  expect(expiryAt(1, 0)).toEqual({ secondsLeft: 1, lookAgain: 1_000 });
});

test('an end that has passed is no negative time', () => {
  expect(expiryAt(0, 5_000).secondsLeft).toBe(0);
});

test('a session of thirty days needs no timer of thirty days', () => {
  expect(expiryAt(30 * 86_400_000, 0).lookAgain).toBe(3_600_000);
});

test('the clock and what is spoken', () => {
  expect([120, 65, 9, 0].map(clockTime)).toEqual(['2:00', '1:05', '0:09', '0:00']);
  expect(new Set([120, 119, 61].map(spokenExpiry)).size).toBe(1);
  expect(new Set([60, 30, 0].map(spokenExpiry)).size).toBe(3);
});
