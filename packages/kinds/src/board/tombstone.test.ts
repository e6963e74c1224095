import { createTx, RoomState } from '@atrium/rooms/kind';
import { expect, test } from 'vitest';
import { buryForGood, isBuried, sweepTombstones } from './tombstone.ts';

function openTx() {
  return createTx(new RoomState(['tombstone']));
}

test('a tombstone is swept when it is a minute old', () => {
  const tx = openTx();
  buryForGood(tx, 'old', 1_000);
  buryForGood(tx, 'young', 2_000);
  sweepTombstones(tx, 61_000);
  expect([isBuried(tx, 'old'), isBuried(tx, 'young')]).toEqual([false, true]);
});

test('of more than 10,000 tombstones the oldest are swept', () => {
  const tx = openTx();
  for (let at = 0; at < 10_002; at += 1) buryForGood(tx, `e${at}`, at === 7 || at === 9 ? 1_000 : 2_000);
  sweepTombstones(tx, 2_000);
  expect(tx.size('tombstone')).toBe(10_000);
  expect([isBuried(tx, 'e7'), isBuried(tx, 'e9'), isBuried(tx, 'e8')]).toEqual([false, false, true]);
});
