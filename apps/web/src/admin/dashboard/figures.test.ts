import { expect, test } from 'vitest';
import { durationText, memoryText, millisecondsText, summaryOf } from './figures.ts';

test('a duration is told in its two largest units', () => {
  expect([0, 59.9, 60, 725, 3_600, 90_061, 1_000_000].map(durationText)).toEqual([
    '0 s',
    '59 s',
    '1 min 0 s',
    '12 min 5 s',
    '1 h 0 min',
    '1 d 1 h',
    '11 d 13 h',
  ]);
});

test('memory and milliseconds keep as many digits as say something', () => {
  expect([0, 223_000_000, 1_500_000_000].map(memoryText)).toEqual(['0 MB', '213 MB', '1.4 GB']);
  expect([0, 0.42, 3.14, 120.4].map(millisecondsText)).toEqual(['0 ms', '0.42 ms', '3.1 ms', '120 ms']);
});

test('the summary counts one as one, and says nothing of commands that there were not', () => {
  const look = {
    ...{ at: '2026-01-01T00:00:00.000Z', uptime: 5, subscriptions: 2, lag: 0, revocations: 0, denials: 0 },
    ...{ sockets: 1, people: 1, rooms: 0, commandsPerSecond: 0, latency: null, memory: { resident: 1, heap: 1 } },
  };
  expect(summaryOf(look)).toBe('1 person with 1 connection, 0 open rooms, 0 commands a second.');
  const busy = { ...look, sockets: 1_200, people: 3, rooms: 1, commandsPerSecond: 1, latency: { p50: 1.5, p99: 20 } };
  expect(summaryOf(busy)).toBe(
    '3 people with 1,200 connections, 1 open room, 1 command a second, half of them saved within 1.5 ms.',
  );
});
