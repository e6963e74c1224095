import type { PropChange, RecordChange } from './diff.ts';
import type { Json, RoomRecord } from './record.ts';
import { isList, isSafeKey } from './storable.ts';

/** A diff that does not fit the state it is applied to. The holder of the state has to start from a snapshot again. */
export class BrokenDiff extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenDiff';
  }
}

/** The record after the change, undefined when it is gone. Makes a new record; the old one stays as it was. */
export function applyChange(before: RoomRecord | undefined, change: RecordChange): RoomRecord | undefined {
  switch (change[0]) {
    case 'put':
      return change[1];
    case 'del':
      return undefined;
    case 'patch':
      if (before === undefined) throw new BrokenDiff('A patch met no record.');
      return applyPatch(before, change[1]);
  }
}

function applyPatch(before: RoomRecord, props: { readonly [key: string]: PropChange }): RoomRecord {
  const after: { [key: string]: Json } = { ...before };
  for (const [key, change] of Object.entries(props)) {
    if (!isSafeKey(key)) throw new BrokenDiff('A property has a name that cannot be used.');
    const value = applyProp(before[key], change);
    if (value === undefined) delete after[key];
    else after[key] = value;
  }
  return after;
}

/** The property after the change, undefined when it is gone. */
export function applyProp(before: Json | undefined, change: PropChange): Json | undefined {
  switch (change[0]) {
    case 'set':
      return change[1];
    case 'unset':
      return undefined;
    case 'append':
      return append(before, change[1], change[2]);
  }
}

/** True when `append` at `offset` fits: same sort of value, and no more is kept than there is. */
export function canAppend(before: Json | undefined, value: string | readonly Json[], offset: number): boolean {
  if (before === undefined || !Number.isInteger(offset) || offset < 0) return false;
  if (typeof before === 'string') return typeof value === 'string' && offset <= before.length;
  return before !== null && isList(before) && typeof value !== 'string' && offset <= before.length;
}

function append(before: Json | undefined, value: string | readonly Json[], offset: number): Json {
  if (canAppend(before, value, offset)) {
    if (typeof before === 'string' && typeof value === 'string') return before.slice(0, offset) + value;
    if (before !== undefined && before !== null && isList(before) && typeof value !== 'string') {
      return offset === before.length ? before.concat(value) : before.slice(0, offset).concat(value);
    }
  }
  throw new BrokenDiff('An append does not fit what is there.');
}
