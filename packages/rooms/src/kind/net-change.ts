import type { PropChange, RecordChange } from './diff.ts';
import type { Json, RoomRecord } from './record.ts';
import { isList, isSameJson } from './storable.ts';

/** The smallest change that leads from `base` to `now`, given the one that was recorded; null when nothing changed. */
export function netChange(
  base: RoomRecord | undefined,
  now: RoomRecord | undefined,
  recorded: RecordChange,
): RecordChange | null {
  if (now === undefined) return base === undefined ? null : ['del'];
  if (base === undefined) return ['put', now];
  if (recorded[0] !== 'patch') return isSameJson(base, now) ? null : ['put', now];
  const props: { [key: string]: PropChange } = {};
  for (const [key, change] of Object.entries(recorded[1])) {
    if (!isNothing(base[key], change)) props[key] = change;
  }
  return Object.keys(props).length === 0 ? null : ['patch', props];
}

function isNothing(before: Json | undefined, change: PropChange): boolean {
  switch (change[0]) {
    case 'set':
      return isSameJson(before, change[1]);
    case 'unset':
      return before === undefined;
    case 'append':
      return change[1].length === 0 && lengthOf(before) === change[2];
  }
}

/** The change that leads back to `base` from what `change` made of it. */
export function invertChange(base: RoomRecord | undefined, change: RecordChange): RecordChange {
  if (base === undefined) return ['del'];
  if (change[0] !== 'patch') return ['put', base];
  const props: { [key: string]: PropChange } = {};
  for (const [key, prop] of Object.entries(change[1])) props[key] = invertProp(base[key], prop);
  return ['patch', props];
}

function invertProp(before: Json | undefined, change: PropChange): PropChange {
  if (before === undefined) return ['unset'];
  if (change[0] !== 'append') return ['set', before];
  const offset = change[2];
  if (typeof before === 'string') return ['append', before.slice(offset), offset];
  return before !== null && isList(before) ? ['append', before.slice(offset), offset] : ['set', before];
}

function lengthOf(value: Json | undefined): number | undefined {
  return typeof value === 'string' || (value !== undefined && value !== null && isList(value))
    ? value.length
    : undefined;
}
