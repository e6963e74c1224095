import type { JsonObject, Tx } from '@atrium/rooms/kind';
import { bounds } from './bounds.ts';
import { checkElement } from './check.ts';
import type { BoardElement } from './element.ts';

/**
 * What is left of a removed element for a minute, in the hidden collection `tombstone`: `at`, the second it was removed
 * in, and the element itself without `isDeleted`, so that burying never makes a room bigger and a full one can be
 * emptied. After `clear` only `at` is left. Later commands of any sort sweep what is too old.
 */

export function bury(tx: Tx, element: BoardElement, now: number): void {
  const { isDeleted: _, ...rest } = element;
  put(tx, element.id, { ...rest, at: seconds(now) });
}

/** Leaves only the knowledge that there was such an element. */
export function buryForGood(tx: Tx, id: string, now: number): void {
  put(tx, id, { at: seconds(now) });
}

export function isBuried(tx: Tx, id: string): boolean {
  return tx.get('tombstone', id) !== undefined;
}

/** The element as it was removed; undefined when that was too long ago or for good. */
export function exhume(tx: Tx, id: string): BoardElement | undefined {
  const record = tx.get('tombstone', id);
  if (record === undefined) return undefined;
  const { at: _, ...rest } = record;
  const checked = checkElement(rest);
  if (!checked.ok) return undefined;
  tx.remove('tombstone', id);
  return checked.element;
}

/** Forgets what is older than a minute, and the oldest when there are too many. */
export function sweepTombstones(tx: Tx, now: number): void {
  if (tx.size('tombstone') === 0) return;
  const oldest = seconds(now - bounds.tombstoneAge);
  for (const [id, age] of ages(tx)) if (age <= oldest) tx.remove('tombstone', id);
  const excess = tx.size('tombstone') - bounds.tombstones;
  if (excess <= 0) return;
  const byAge = ages(tx).toSorted((a, b) => a[1] - b[1]);
  for (const [id] of byAge.slice(0, excess)) tx.remove('tombstone', id);
}

function ages(tx: Tx): (readonly [id: string, at: number])[] {
  return [...tx.entries('tombstone')].map(([id, { at }]) => [id, typeof at === 'number' ? at : 0]);
}

function put(tx: Tx, id: string, record: JsonObject): void {
  tx.put('tombstone', id, record);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1_000);
}
