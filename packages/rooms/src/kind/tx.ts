import { applyChange, canAppend } from './apply-change.ts';
import type { Diff, PropChange, RecordChange } from './diff.ts';
import { invertChange, netChange } from './net-change.ts';
import { changeBytes } from './json-bytes.ts';
import { mergeChanges } from './merge-diffs.ts';
import type { RoomRecord } from './record.ts';
import { Rejection } from './rejection.ts';
import type { Tx } from './room-kind.ts';
import type { SizedState } from './room-state.ts';
import { flawOf, isSafeKey } from './storable.ts';

/** A transaction that is still open: what was changed so far, on top of a state that does not change meanwhile. */
export interface OpenTx extends Tx, SizedState {
  /** A transaction on top of this one; nothing of it is seen here until `commit`, and dropping it leaves nothing. */
  begin(): OpenTx;
  /** Hands the changes to the transaction it was begun from; throws when there is none. */
  commit(): void;
  /** The net effect, minimal. */
  diff(): Diff;
  /** Undoes `diff`. */
  inverse(): Diff;
}

export function createTx(state: SizedState): OpenTx {
  return new Overlay(state, null);
}

interface Touched {
  readonly base: RoomRecord | undefined;
  now: RoomRecord | undefined;
  change: RecordChange;
}

class Overlay implements OpenTx {
  readonly #base: SizedState;
  readonly #parent: Overlay | null;
  readonly #touched = new Map<string, Map<string, Touched>>();
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(base: SizedState, parent: Overlay | null) {
    this.#base = base;
    this.#parent = parent;
  }

  get bytes(): number {
    return this.#base.bytes + this.#bytes;
  }

  get(collection: string, id: string): RoomRecord | undefined {
    const touched = this.#touched.get(collection)?.get(id);
    return touched === undefined ? this.#base.get(collection, id) : touched.now;
  }

  size(collection: string): number {
    return this.#base.size(collection) + (this.#sizes.get(collection) ?? 0);
  }

  *entries(collection: string): Iterable<readonly [id: string, record: RoomRecord]> {
    const touched = this.#touched.get(collection);
    for (const entry of this.#base.entries(collection)) {
      if (touched?.has(entry[0]) !== true) yield entry;
    }
    for (const [id, { now }] of touched ?? []) {
      if (now !== undefined) yield [id, now];
    }
  }

  put(collection: string, id: string, record: RoomRecord): void {
    demandKey(collection);
    demandKey(id);
    demandJson(record);
    this.#record(collection, id, ['put', record]);
  }

  patch(collection: string, id: string, changes: { readonly [key: string]: PropChange }): void {
    const before = this.get(collection, id);
    if (before === undefined) throw new Rejection('unknown', 'This does not exist any more.');
    for (const [key, change] of Object.entries(changes)) demandProp(before, key, change);
    this.#record(collection, id, ['patch', changes]);
  }

  remove(collection: string, id: string): void {
    if (this.get(collection, id) !== undefined) this.#record(collection, id, ['del']);
  }

  begin(): OpenTx {
    return new Overlay(this, this);
  }

  commit(): void {
    if (this.#parent === null) throw new Error('This transaction was not begun from another one.');
    for (const [collection, records] of this.#touched) {
      for (const [id, { change }] of records) this.#parent.#record(collection, id, change);
    }
    this.#touched.clear();
    this.#sizes.clear();
    this.#bytes = 0;
  }

  diff(): Diff {
    return this.#collect(({ base, now, change }) => netChange(base, now, change));
  }

  inverse(): Diff {
    return this.#collect(({ base, now, change }) => {
      const net = netChange(base, now, change);
      return net === null ? null : invertChange(base, net);
    });
  }

  #collect(pick: (touched: Touched) => RecordChange | null): Diff {
    const diff: { [collection: string]: { [id: string]: RecordChange } } = {};
    for (const [collection, records] of this.#touched) {
      for (const [id, touched] of records) {
        const change = pick(touched);
        if (change !== null) (diff[collection] ??= {})[id] = change;
      }
    }
    return diff;
  }

  #record(collection: string, id: string, change: RecordChange): void {
    const records = this.#touched.get(collection) ?? new Map<string, Touched>();
    this.#touched.set(collection, records);
    const touched = records.get(id);
    const before = touched === undefined ? this.#base.get(collection, id) : touched.now;
    const now = applyChange(before, change);
    this.#bytes += changeBytes(id, before, change);
    this.#sizes.set(
      collection,
      (this.#sizes.get(collection) ?? 0) + Number(now !== undefined) - Number(before !== undefined),
    );
    if (touched === undefined) {
      records.set(id, { base: before, now, change });
    } else {
      touched.now = now;
      touched.change = mergeChanges(touched.change, change);
    }
  }
}

function demandKey(key: string): void {
  if (!isSafeKey(key)) throw new Rejection('invalid', 'A name in this command cannot be used.');
}

function demandJson(value: unknown): void {
  const flaw = flawOf(value);
  if (flaw !== null) throw new Rejection('invalid', `Something in this command ${flaw}.`);
}

function demandProp(before: RoomRecord, key: string, change: PropChange): void {
  demandKey(key);
  if (change[0] === 'unset') return;
  demandJson(change[1]);
  if (change[0] !== 'append') return;
  const [, value, offset] = change;
  const current = before[key];
  if (!canAppend(current, value, offset)) throw new Rejection('conflict', 'What this continues is not there any more.');
  const cutsPair =
    typeof current === 'string' && /[\ud800-\udbff]$/.test(current.slice(Math.max(0, offset - 1), offset));
  if (cutsPair) throw new Rejection('invalid', 'Something in this command holds text that cannot be stored.');
}
