import type { RoomBatch } from '@atrium/rooms';
import { expect, test } from 'vitest';
import { DatabaseUnavailable, QueryFailed } from '../errors.ts';
import { GroupCommit, type GroupLimits, type Outgoing, type Written } from './group-commit.ts';

/** A database that answers when the test says so. `groups` holds the rooms of each statement so far. */
function fakeDatabase(limits: Partial<GroupLimits> = {}) {
  const groups: (readonly string[])[] = [];
  const open: { group: readonly Outgoing[]; resolve(ids: Written): void; reject(error: Error): void }[] = [];
  const commit = new GroupCommit(
    (group) => {
      groups.push(group.map(({ roomId }) => roomId));
      return new Promise((resolve, reject) => void open.push({ group, resolve, reject }));
    },
    { inFlight: 1, batches: 256, characters: 1_000_000, ...limits },
  );
  /** Ends the oldest statement; `refuse` says what it fails with. */
  const answer = async (refuse: (rooms: readonly string[]) => Error | null = () => null): Promise<void> => {
    const next = open.shift();
    if (!next) throw new Error('Nothing is on its way.');
    const error = refuse(next.group.map(({ roomId }) => roomId));
    if (error) next.reject(error);
    else next.resolve({ written: new Set(next.group.map(({ batchId }) => batchId)), denied: new Set() });
    await new Promise(setImmediate);
  };
  /** In one turn. */
  const append = (...rooms: readonly string[]) => rooms.map((roomId) => commit.append(batchOf(roomId)));
  return { groups, open, answer, append };
}

let count = 0;
function batchOf(roomId: string): RoomBatch {
  count += 1;
  const chain = { prevHash: '', hash: 'h', node: 'n', at: 1 };
  return { roomId, ver: 1, epoch: 1, batchId: `batch-${count}`, ...chain, diff: {}, commands: [] };
}

const ok = { ok: true };

test('what comes in one turn goes at once, together; what comes meanwhile goes next', async () => {
  const { groups, answer, append } = fakeDatabase();
  const first = append('a', 'b');
  await Promise.resolve();
  expect(groups).toEqual([['a', 'b']]);
  const second = append('c', 'd');
  await Promise.resolve();
  expect(groups).toEqual([['a', 'b']]);
  await answer();
  expect(groups).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  await answer();
  expect(await Promise.all([...first, ...second])).toEqual([ok, ok, ok, ok]);
});

test('of each room one batch, in the order of their coming', async () => {
  const { groups, answer, append } = fakeDatabase();
  void append('a', 'b', 'c', 'b', 'c', 'b');
  await Promise.resolve();
  for (let statement = 0; statement < 3; statement += 1) await answer();
  expect(groups).toEqual([['a', 'b', 'c'], ['b', 'c'], ['b']]);
});

test('a group is bounded by its batches and its size, and a large batch goes alone', async () => {
  const { groups, answer, append } = fakeDatabase({ batches: 2, characters: 450 });
  void append('b', 'c', 'x'.repeat(500), 'd', 'e', 'f');
  await Promise.resolve();
  for (let statement = 0; statement < 4; statement += 1) await answer();
  expect(groups.map((group) => group.map((room) => room[0]))).toEqual([['b', 'c'], ['x'], ['d', 'e'], ['f']]);
});

test('as many groups at once as the database works on', async () => {
  const { groups, answer, append } = fakeDatabase({ inFlight: 2 });
  for (const room of ['a', 'b', 'c', 'd']) {
    void append(room);
    await Promise.resolve();
  }
  expect(groups).toEqual([['a'], ['b']]);
  await answer();
  expect(groups).toEqual([['a'], ['b'], ['c', 'd']]);
});

test('a batch that was not written is a conflict of its own room, unless it was denied', async () => {
  const { open, append } = fakeDatabase();
  const all = append('a', 'b', 'c');
  await Promise.resolve();
  const next = open.shift();
  const [, b = '', c = ''] = next?.group.map(({ batchId }) => batchId) ?? [];
  next?.resolve({ written: new Set([c]), denied: new Set([b]) });
  expect(await Promise.all(all)).toEqual([{ ok: false, reason: 'conflict' }, { ok: false, reason: 'denied' }, ok]);
});

test('a batch that the database refuses fails alone, after few attempts', async () => {
  const { groups, open, answer, append } = fakeDatabase();
  const rooms = Array.from({ length: 100 }, (_, n) => `room-${n}`);
  const all = Promise.allSettled(append(...rooms));
  await Promise.resolve();
  const refusal = new QueryFailed('23503');
  while (open.length > 0) await answer((group) => (group.includes('room-42') ? refusal : null));
  const outcomes = await all;
  const refused = outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []));
  expect(refused).toEqual([42]);
  expect(outcomes[42]).toEqual({ status: 'rejected', reason: refusal });
  // The group, its ten tens, and ten alone.
  expect(groups).toHaveLength(1 + 10 + 10);
});

test.each([
  ['that cannot be reached', new DatabaseUnavailable('gone')],
  ['that had no time', new QueryFailed('57014')],
])('a database %s leaves all of a group in doubt, without another attempt', async (_, error) => {
  const { groups, answer, append } = fakeDatabase();
  const all = Promise.allSettled(append('a', 'b'));
  await Promise.resolve();
  await answer(() => error);
  expect(groups).toHaveLength(1);
  const lost = { status: 'rejected', reason: error };
  expect(await all).toEqual([lost, lost]);
});

test('what waits goes on after a group that failed', async () => {
  const { answer, append } = fakeDatabase();
  const [lost] = append('a');
  await Promise.resolve();
  const [next] = append('b');
  void answer(() => new DatabaseUnavailable('gone'));
  await expect(lost).rejects.toThrow('gone');
  await answer();
  expect(await next).toEqual(ok);
});
