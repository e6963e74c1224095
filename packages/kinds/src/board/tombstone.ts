import type { JsonObject, RoomRecord, Tx } from '@atrium/rooms/kind';
import { isElementRecord } from './board-state.ts';
import { bounds } from './bounds.ts';
import type { BoardElement } from './element.ts';

/**
 * What is left of a removed element for a minute, in the hidden collection `tombstone`: `at`, the second it was removed
 * in, and the element itself without `isDeleted`, so that burying never makes a room bigger and a full one can be
 * emptied. After `clear` only `at` is left. One that is too old counts as gone, whether or not it was swept already.
 */

export function bury(tx: Tx, element: BoardElement, now: number): void {
  const { isDeleted: _, ...rest } = element;
  put(tx, element.id, { ...rest, at: seconds(now) });
}

/** Leaves only the knowledge that there was such an element. */
export function buryForGood(tx: Tx, id: string, now: number): void {
  put(tx, id, { at: seconds(now) });
}

export function isBuried(tx: Tx, id: string, now: number): boolean {
  const record = tx.get('tombstone', id);
  return record !== undefined && !isTooOld(record, now);
}

/** The element as it was removed; undefined when that was too long ago or for good. Its tombstone stays. */
export function buried(tx: Tx, id: string, now: number): BoardElement | undefined {
  const record = tx.get('tombstone', id);
  if (record === undefined || isTooOld(record, now)) return undefined;
  const { at: _, ...rest } = record;
  const element = { ...rest, isDeleted: false };
  return isElementRecord(element) ? element : undefined;
}

/**
 * Forgets what is older than a minute: each command some, and none looks at many that are not. Rooms keep records in
 * about the order they were added in, so the oldest are met first; what is met later is swept later.
 * When there are too many, a tenth of them goes at once, the oldest first, so that it is long until the next time.
 */
export function sweepTombstones(tx: Tx, now: number): void {
  if (tx.size('tombstone') === 0) return;
  const old: string[] = [];
  let young = 0;
  for (const [id, record] of tx.entries('tombstone')) {
    if (isTooOld(record, now)) old.push(id);
    else young += 1;
    if (young === bounds.sweep.young || old.length === bounds.sweep.old) break;
  }
  for (const id of old) tx.remove('tombstone', id);
  if (tx.size('tombstone') > bounds.tombstones) forgetOldest(tx);
}

function forgetOldest(tx: Tx): void {
  const byAge = Array.from(tx.entries('tombstone'), ([id, record]) => [id, secondOf(record)] as const);
  byAge.sort((a, b) => a[1] - b[1]);
  for (const [id] of byAge.slice(0, byAge.length - bounds.tombstones * 0.9)) tx.remove('tombstone', id);
}

function isTooOld(record: RoomRecord, now: number): boolean {
  return secondOf(record) <= seconds(now - bounds.tombstoneAge);
}

function secondOf({ at }: RoomRecord): number {
  return typeof at === 'number' ? at : 0;
}

function put(tx: Tx, id: string, record: JsonObject): void {
  tx.put('tombstone', id, record);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
