import { expect, test } from 'vitest';
import { defaultLifetimes, idleEnd, touchInterval } from './lifetimes.ts';

test('A6 use moves the idle end forward, never past the absolute end', () => {
  expect(idleEnd(0, 1e12, defaultLifetimes)).toBe(defaultLifetimes.idle);
  expect(idleEnd(0, 5_000, defaultLifetimes)).toBe(5_000);
});

test('A6 use is written at most once a minute, and often enough for short sessions', () => {
  expect(touchInterval(defaultLifetimes)).toBe(60_000);
  expect(touchInterval({ ...defaultLifetimes, idle: 2_000 })).toBe(500);
});
