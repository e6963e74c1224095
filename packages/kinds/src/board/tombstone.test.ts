import { createTx, RoomState } from '@atrium/rooms/kind';
import { expect, test } from 'vitest';
import { boardWith, demandOk } from '../testing/board.ts';
import { shape } from '../testing/shape.ts';
import { buried, buryForGood, isBuried, sweepTombstones } from './tombstone.ts';

function openTx() {
  return createTx(new RoomState(['tombstone']));
}

test('a tombstone is swept when it is a minute old', () => {
  const tx = openTx();
  buryForGood(tx, 'old', 1_000);
  buryForGood(tx, 'young', 2_000);
  sweepTombstones(tx, 61_000);
  expect([tx.get('tombstone', 'old'), tx.get('tombstone', 'young')]).toEqual([undefined, { at: 2 }]);
});

test('one that is too old counts as gone before it is swept', () => {
  const tx = openTx();
  buryForGood(tx, 'old', 1_000);
  expect([isBuried(tx, 'old', 60_000), isBuried(tx, 'old', 61_000)]).toEqual([true, false]);
  expect(buried(createTx(removedShape()), 'a', 59_000)).toMatchObject({ id: 'a', isDeleted: false });
  expect(buried(createTx(removedShape()), 'a', 60_000)).toBeUndefined();
});

function removedShape(): RoomState {
  const board = boardWith(shape('a'));
  demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
  return board.state;
}

test('of more than 10,000 tombstones a tenth is swept, the oldest first', () => {
  const tx = openTx();
  const isOld = (at: number) => at >= 5_000 && at < 6_002;
  for (let at = 0; at < 10_002; at += 1) buryForGood(tx, `e${at}`, isOld(at) ? 1_000 : 2_000);
  sweepTombstones(tx, 2_000);
  expect(tx.size('tombstone')).toBe(9_000);
  const isLeft = ['e4999', 'e5000', 'e6001', 'e6002'].map((id) => isBuried(tx, id, 2_000));
  expect(isLeft).toEqual([true, false, false, true]);
});
