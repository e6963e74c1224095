import type { Json, RoomRecord } from './record.ts';

/**
 * What happened to one property of a record.
 * `append` keeps the first `offset` items (or UTF-16 units) of what is there and adds `value` behind them.
 */
export type PropChange =
  | readonly ['set', Json]
  | readonly ['append', string | readonly Json[], number]
  | readonly ['unset'];

/** What happened to one record. */
export type RecordChange =
  | readonly ['put', RoomRecord]
  | readonly ['patch', { readonly [key: string]: PropChange }]
  | readonly ['del'];

/** What happened to a room: `{ [collection]: { [id]: change } }`. Resolved: applying it needs no reducer. */
export interface Diff {
  readonly [collection: string]: { readonly [id: string]: RecordChange };
}
