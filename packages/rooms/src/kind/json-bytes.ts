import type { PropChange, RecordChange } from './diff.ts';
import type { Json, RoomRecord } from './record.ts';
import { isList } from './storable.ts';

/**
 * The size of JSON in UTF-8 bytes, counted so that a change can be added and subtracted without measuring the whole:
 * every item and every property counts its separator, so a container counts one byte more than `JSON.stringify` writes.
 */
export function jsonBytes(value: Json): number {
  if (value === null) return 4;
  if (typeof value === 'string') return textBytes(value) + 2;
  if (typeof value !== 'object') return String(value).length;
  if (isList(value)) return 2 + listBytes(value, 0);
  let sum = 2;
  for (const key of Object.keys(value)) sum += propBytes(key, value[key]);
  return sum;
}

/** What one record adds to the size of a room. */
export function entryBytes(id: string, record: RoomRecord | undefined): number {
  return record === undefined ? 0 : propBytes(id, record);
}

/** By how much a change to a record grows the room; costs as much as the change, not as the record. */
export function changeBytes(id: string, before: RoomRecord | undefined, change: RecordChange): number {
  switch (change[0]) {
    case 'put':
      return entryBytes(id, change[1]) - entryBytes(id, before);
    case 'del':
      return -entryBytes(id, before);
    case 'patch': {
      let sum = 0;
      for (const [key, prop] of Object.entries(change[1])) sum += propChangeBytes(key, before?.[key], prop);
      return sum;
    }
  }
}

function propChangeBytes(key: string, before: Json | undefined, change: PropChange): number {
  switch (change[0]) {
    case 'set':
      return propBytes(key, change[1]) - propBytes(key, before);
    case 'unset':
      return -propBytes(key, before);
    case 'append': {
      const [, value, offset] = change;
      if (typeof value === 'string') {
        return textBytes(value) - (typeof before === 'string' ? textBytes(before.slice(offset)) : 0);
      }
      return listBytes(value, 0) - (before !== undefined && isList(before) ? listBytes(before, offset) : 0);
    }
  }
}

function propBytes(key: string, value: Json | undefined): number {
  return value === undefined ? 0 : textBytes(key) + 2 + jsonBytes(value) + 2;
}

function listBytes(list: readonly Json[], from: number): number {
  let sum = 0;
  for (let index = from; index < list.length; index += 1) sum += jsonBytes(list[index] ?? null) + 1;
  return sum;
}

function textBytes(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum += unitBytes(text.charCodeAt(index));
  return sum;
}

/** Bytes of one UTF-16 unit inside a JSON string; the two halves of a pair count two each. */
function unitBytes(unit: number): number {
  if (unit === 0x22 || unit === 0x5c) return 2;
  if (unit < 0x20) return unit >= 0x08 && unit <= 0x0d && unit !== 0x0b ? 2 : 6;
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}
