import type { EndReason } from '@atrium/rooms';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LiveOptions, LiveSessions } from './live-sessions.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function connection(publicId: string, userId = 'ada') {
  const reasons: EndReason[] = [];
  const names: string[] = [];
  return {
    isSocket: true,
    publicId,
    userId,
    rooms: [],
    streams: 0,
    reasons,
    names,
    end: (reason: EndReason) => void reasons.push(reason),
    rename: (name: string) => void names.push(name),
  };
}

/** Rows as the database would have them: public id -> end in ms since 1970. */
function liveOn(rows: Map<string, number>, opts: Partial<LiveOptions> = {}) {
  return new LiveSessions({
    readEnd: (publicId) => Promise.resolve(rows.get(publicId) ?? null),
    readLiving: () => Promise.resolve(new Map(rows)),
    onError: () => {},
    ...opts,
  });
}

const far = () => Date.now() + 1e9;

test('A14 an ending reaches every socket of the session and no other', async () => {
  const live = liveOn(
    new Map([
      ['a', far()],
      ['b', far()],
    ]),
  );
  const [one, two, other] = [connection('a'), connection('a'), connection('b')];
  for (const each of [one, two, other]) await live.register(each);
  live.onEnding({ type: 'session', publicId: 'a', userId: 'ada', reason: 'signed-out' });
  expect([one.reasons, two.reasons, other.reasons]).toEqual([['signed-out'], ['signed-out'], []]);
  expect(live.count('a')).toBe(0);
});

test('A13 a session revoked before the registration is found by the check behind it', async () => {
  const live = liveOn(new Map());
  const late = connection('gone');
  const handle = await live.register(late);
  expect(handle.ended).toBe('signed-out-elsewhere');
  expect(late.reasons).toEqual(['signed-out-elsewhere']);
});

test('A13 a session revoked while the check is under way is found by the registration before it', async () => {
  let answer = (_end: number) => {};
  const live = liveOn(new Map(), { readEnd: () => new Promise((resolve) => (answer = resolve)) });
  const socket = connection('a');
  const registering = live.register(socket);
  live.onEnding({ type: 'session', publicId: 'a', userId: 'ada', reason: 'signed-out-elsewhere' });
  answer(far());
  expect((await registering).ended).toBe('signed-out-elsewhere');
  expect(socket.reasons).toEqual(['signed-out-elsewhere']);
});

test('A15 a disabled user loses every socket', async () => {
  const live = liveOn(
    new Map([
      ['a', far()],
      ['b', far()],
    ]),
  );
  const [hers, his] = [connection('a', 'ada'), connection('b', 'bob')];
  await live.register(hers);
  await live.register(his);
  live.onEnding({ type: 'user', userId: 'ada', reason: 'disabled' });
  expect([hers.reasons, his.reasons]).toEqual([['disabled'], []]);
});

test('A16 the deadline asks the row again: use in another tab keeps the socket, silence ends it', async () => {
  const rows = new Map([['a', Date.now() + 1_000]]);
  const live = liveOn(rows);
  const socket = connection('a');
  await live.register(socket);
  rows.set('a', Date.now() + 2_500);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(socket.reasons).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_001);
  expect(socket.reasons).toEqual(['expired']);
});

test('A17 the sweep finds what no notification told', async () => {
  const rows = new Map([['a', far()]]);
  const live = liveOn(rows);
  const socket = connection('a');
  await live.register(socket);
  rows.delete('a');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(socket.reasons).toEqual(['signed-out-elsewhere']);
});

test.each([
  ['refuses', () => Promise.reject(new Error('no database'))],
  ['says nothing', () => new Promise<never>(() => {})],
])('A18 a minute after the last answer of a database that %s streams end, not before', async (_how, fail) => {
  const rows = new Map([['a', far()]]);
  let isLost = false;
  const readLiving = () => (isLost ? fail() : Promise.resolve(new Map(rows)));
  const live = liveOn(rows, { readLiving });
  const socket = connection('a');
  await live.register(socket);
  await vi.advanceTimersByTimeAsync(30_000);
  isLost = true;
  await vi.advanceTimersByTimeAsync(59_999);
  expect(socket.reasons).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(socket.reasons).toEqual(['draining']);
});

test('A19 a released socket hears nothing', async () => {
  const live = liveOn(new Map([['a', far()]]));
  const socket = connection('a');
  const handle = await live.register(socket);
  handle.release();
  live.end('a', 'signed-out');
  expect(socket.reasons).toEqual([]);
  expect(live.count('a')).toBe(0);
});

test('a new name reaches every connection of the person and no other', async () => {
  const live = liveOn(
    new Map([
      ['a', far()],
      ['b', far()],
    ]),
  );
  const [hers, his] = [connection('a', 'ada'), connection('b', 'bob')];
  for (const each of [hers, his]) await live.register(each);
  live.rename('ada', 'Ada L.');
  expect([hers.names, his.names]).toEqual([['Ada L.'], []]);
});

test('A14 a request that waits hears of the end and is no open socket', async () => {
  const live = liveOn(new Map([['a', far()]]));
  const request = { ...connection('a'), isSocket: false };
  await live.register(request);
  expect(live.count('a')).toBe(0);
  live.end('a', 'signed-out');
  expect(request.reasons).toEqual(['signed-out']);
});

test('A17 a sweep sees that an end was moved forward, and closes at the new one', async () => {
  const rows = new Map([['a', far()]]);
  const live = liveOn(rows);
  const socket = connection('a');
  await live.register(socket);
  rows.set('a', Date.now() + 60_000);
  await live.sweep();
  await vi.advanceTimersByTimeAsync(59_000);
  expect(socket.reasons).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(socket.reasons).toEqual(['expired']);
});
