import type { Json, PropChange, RecordChange, RoomRecord } from '@atrium/rooms/kind';

function applyProp(before: Json | undefined, change: Exclude<PropChange, readonly ['unset']>): Json {
  if (change[0] === 'set') return change[1];
  const [, value, offset] = change;
  if (typeof value === 'string') return (typeof before === 'string' ? before.slice(0, offset) : '') + value;
  return [...(Array.isArray(before) ? before.slice(0, offset) : []), ...value];
}

/** The record after one change; undefined when there is none any more. */
export function applyChange(before: RoomRecord | undefined, change: RecordChange): RoomRecord | undefined {
  if (change[0] === 'del') return undefined;
  if (change[0] === 'put') return change[1];
  const after: { [key: string]: Json } = { ...before };
  for (const [key, prop] of Object.entries(change[1])) {
    if (prop[0] === 'unset') delete after[key];
    else after[key] = applyProp(after[key], prop);
  }
  return after;
}
