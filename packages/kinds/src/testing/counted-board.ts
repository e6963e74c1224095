import { createTx, type Json, type RoomRecord, type RoomState, runCommand, type SizedState } from '@atrium/rooms/kind';
import { boardKind } from '../board/board-kind.ts';

/** What a command looked at. Counts, because milliseconds tell more about the machine than about the code. */
interface Looks {
  /** How often it looked into a point of a stroke that the board had. */
  readonly points: number;
  /** Records that were met while going through a collection. */
  readonly records: { readonly [collection: string]: number };
}

/** Runs one command on top of `state`, which stays as it is. Throws what it was refused with. */
export function countLooks(state: RoomState, ops: readonly unknown[], now = 0): Looks {
  const looks = { points: 0, records: { element: 0, tombstone: 0 } as { [collection: string]: number } };
  const notePoint = () => {
    looks.points += 1;
  };
  const counted: SizedState = {
    bytes: state.bytes,
    size: (collection) => state.size(collection),
    get: (collection, id) => {
      const record = state.get(collection, id);
      return record === undefined ? undefined : withCountedPoints(record, notePoint);
    },
    *entries(collection) {
      for (const entry of state.entries(collection)) {
        looks.records[collection] = (looks.records[collection] ?? 0) + 1;
        yield entry;
      }
    },
  };
  const actor = { userId: 'u', name: 'Someone', role: 'owner' as const };
  const outcome = runCommand(boardKind, createTx(counted), { name: 'edit', input: { ops } }, { actor, now });
  if (!outcome.ok) throw new Error(outcome.message);
  return looks;
}

const counted = new WeakMap<RoomRecord, RoomRecord>();

/** The same record for the same one: a command may compare what it got twice. */
function withCountedPoints(record: RoomRecord, notePoint: () => void): RoomRecord {
  const known = counted.get(record);
  if (known !== undefined) return known;
  const { points } = record;
  if (!Array.isArray(points)) return record;
  const copy = { ...record, points: points.map((point: Json) => watched(point, notePoint)) };
  counted.set(record, copy);
  return copy;
}

function watched<Value extends Json>(value: Value, note: () => void): Value {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get: (target, key): unknown => {
      if (key === '0' || key === Symbol.iterator) note();
      return Reflect.get(target, key);
    },
  });
}
