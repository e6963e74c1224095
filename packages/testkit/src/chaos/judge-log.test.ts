import type { CommandMeta, RoomBatch } from '@atrium/rooms';
import { boardKind } from '@atrium/kinds/board';
import { expect, test } from 'vitest';
import { judgeLog, replay } from './judge-log.ts';

/** A batch with these numbers of one client, behind the one before it. */
function batch(ver: number, seqs: readonly number[], changes: Partial<RoomBatch> = {}): RoomBatch {
  const commands = seqs.map((seq): CommandMeta => ({
    clientId: 'tab',
    userId: 'ada',
    name: 'edit',
    result: { seq, ok: true },
  }));
  const prevHash = ver === 1 ? '' : `h${ver - 1}`;
  const diff = { meta: { [`m${ver}`]: ['put', { background: '#ffffff' }] } } as const;
  const chain = { ver, epoch: 1, batchId: `b${ver}`, prevHash, hash: `h${ver}`, node: 'n', at: 0 };
  return { roomId: 'r', ...chain, diff, commands, ...changes };
}

test('a log with each command once and in order has no flaw', () => {
  expect(judgeLog([batch(1, [1, 2]), batch(2, [3])], 3)).toEqual([]);
});

test.each([
  { what: 'a command twice', batches: [batch(1, [1, 2]), batch(2, [2])], flaw: 'ada/tab: number 2 follows 2' },
  { what: 'a hole in the numbers', batches: [batch(1, [1]), batch(2, [3])], flaw: 'ada/tab: number 3 follows 1' },
  { what: 'a command that is missing', batches: [batch(1, [1, 2])], flaw: 'the log holds 2 commands of 3' },
  {
    what: 'a batch behind another one',
    batches: [batch(1, [1]), batch(2, [2], { prevHash: 'x' })],
    flaw: 'batch 2 does not continue 1',
  },
  { what: 'a version left out', batches: [batch(1, [1]), batch(3, [2])], flaw: 'batch 3 does not continue 1' },
])('$what is noticed', ({ batches, flaw }) => {
  expect(judgeLog(batches, 3)).toContain(flaw);
});

test('a rejected command is noticed, with its sentence', () => {
  const rejected = { seq: 1, ok: false, code: 'conflict', message: 'Too late.' } as const;
  const commands = [{ clientId: 'tab', userId: 'ada', name: 'edit', result: rejected }];
  expect(judgeLog([batch(1, [], { commands })], 1)).toEqual(['ada/tab: edit 1 was rejected: Too late.']);
});

test('a log that was compacted is judged by what is left', () => {
  expect(judgeLog([batch(7, [20]), batch(8, [21])], 21)).toEqual([]);
  expect(replay([batch(7, [20])], boardKind)).toBeNull();
});

test('a whole log leads to a state', () => {
  expect(replay([batch(1, [1]), batch(2, [2])], boardKind)?.['meta']).toEqual({
    m1: { background: '#ffffff' },
    m2: { background: '#ffffff' },
  });
});
