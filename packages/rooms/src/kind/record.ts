/** Plain JSON: the only thing a record may hold, so that state, log and wire are one format. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** One thing in a room (an element, a vote). Never mutated: a change makes a new record. */
export type RoomRecord = JsonObject;

/** State as it travels and as a snapshot stores it: `{ [collection]: { [id]: record } }`. */
export interface StateJson {
  readonly [collection: string]: { readonly [id: string]: RoomRecord };
}

/** Reading access to a room's state; both the confirmed state and a running command offer it. */
export interface StateReader {
  get(collection: string, id: string): RoomRecord | undefined;
  /** Every record of a collection, in no promised order. */
  entries(collection: string): Iterable<readonly [id: string, record: RoomRecord]>;
  size(collection: string): number;
}
