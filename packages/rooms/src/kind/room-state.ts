import { applyChange, BrokenDiff } from './apply-change.ts';
import type { Diff, RecordChange } from './diff.ts';
import { changeBytes, entryBytes } from './json-bytes.ts';
import type { RoomRecord, StateJson, StateReader } from './record.ts';
import { isSafeKey } from './storable.ts';

/** State that can be read and whose size is known: a confirmed state or a transaction on top of one. */
export interface SizedState extends StateReader {
  /** Bytes of JSON, as `jsonBytes` counts. */
  readonly bytes: number;
}

/** A room's records. The maps change in place, the records never do: whoever holds one may keep it. */
export class RoomState implements SizedState {
  #collections = new Map<string, Map<string, RoomRecord>>();
  #bytes = 0;

  /** `collections` are there from the start, empty. */
  constructor(collections: readonly string[] = []) {
    for (const collection of collections) this.#records(collection);
  }

  static fromJson(json: StateJson, collections: readonly string[] = []): RoomState {
    const state = new RoomState(collections);
    for (const [collection, records] of Object.entries(json)) {
      const known = state.#records(collection);
      for (const [id, record] of Object.entries(records)) {
        if (!isSafeKey(id)) throw new BrokenDiff('A record has an id that cannot be used.');
        known.set(id, record);
        state.#bytes += entryBytes(id, record);
      }
    }
    return state;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(collection: string, id: string): RoomRecord | undefined {
    return this.#collections.get(collection)?.get(id);
  }

  entries(collection: string): Iterable<readonly [id: string, record: RoomRecord]> {
    return this.#collections.get(collection) ?? [];
  }

  size(collection: string): number {
    return this.#collections.get(collection)?.size ?? 0;
  }

  /** Throws `BrokenDiff` when a change does not fit; what came before it has then been applied. */
  apply(diff: Diff): void {
    for (const [collection, changes] of Object.entries(diff)) {
      const records = this.#records(collection);
      for (const [id, change] of Object.entries(changes)) this.#applyTo(records, id, change);
    }
  }

  /** A copy that shares the records; without the collections named in `hidden`. */
  toJson(hidden: readonly string[] = []): StateJson {
    const json: { [collection: string]: { [id: string]: RoomRecord } } = {};
    for (const [collection, records] of this.#collections) {
      if (!hidden.includes(collection)) json[collection] = Object.fromEntries(records);
    }
    return json;
  }

  #applyTo(records: Map<string, RoomRecord>, id: string, change: RecordChange): void {
    if (!isSafeKey(id)) throw new BrokenDiff('A record has an id that cannot be used.');
    const before = records.get(id);
    const after = applyChange(before, change);
    this.#bytes += changeBytes(id, before, change);
    if (after === undefined) records.delete(id);
    else records.set(id, after);
  }

  #records(collection: string): Map<string, RoomRecord> {
    const known = this.#collections.get(collection);
    if (known !== undefined) return known;
    if (!isSafeKey(collection)) throw new BrokenDiff('A collection has a name that cannot be used.');
    const created = new Map<string, RoomRecord>();
    this.#collections.set(collection, created);
    return created;
  }
}

/** Brings `state` forward by `diff`, in place. Throws `BrokenDiff` when it does not fit. */
export function applyDiff(state: RoomState, diff: Diff): void {
  state.apply(diff);
}
