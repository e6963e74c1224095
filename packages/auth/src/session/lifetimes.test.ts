import { expect, test } from 'vitest';
import { defaultLifetimes, extendedEnds, idleEnd, isExtendable, longestLife, touchInterval } from './lifetimes.ts';

test('A6 use moves the idle end forward, never past the absolute end', () => {
  expect(idleEnd(0, 1e12, defaultLifetimes)).toBe(defaultLifetimes.idle);
  expect(idleEnd(0, 5_000, defaultLifetimes)).toBe(5_000);
});

test('A6 use is written at most once a minute, and often enough for short sessions', () => {
  expect(touchInterval(defaultLifetimes)).toBe(60_000);
  expect(touchInterval({ ...defaultLifetimes, idle: 2_000 })).toBe(500);
});

test('A63 an extension adds one absolute life from now, and all of them together end at the longest life', () => {
  const lifetimes = { ...defaultLifetimes, absolute: 100, idle: 40, longest: 250 };
  const session = (absolute: number) => ({ createdAt: new Date(0), absoluteExpiresAt: new Date(absolute) });
  expect(extendedEnds(session(100), 90, lifetimes)).toEqual({ idle: 130, absolute: 190 });
  expect(extendedEnds(session(190), 180, lifetimes)).toEqual({ idle: 220, absolute: 250 });
  expect(extendedEnds(session(250), 240, lifetimes)).toBeNull();
  expect(isExtendable(session(249), lifetimes)).toBe(true);
  expect(isExtendable(session(250), lifetimes)).toBe(false);
  expect(isExtendable(session(100), { ...lifetimes, longest: undefined })).toBe(false);
  expect(extendedEnds(session(100), 90, { ...lifetimes, longest: undefined })).toBeNull();
  expect(longestLife(100)).toBe(300);
});
