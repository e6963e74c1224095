import { type Diff, type RoomRecord, RoomState, type StateJson, type StateReader } from '@atrium/rooms/kind';

/** What changed since the last flush. */
export interface StoreChange {
  /** The whole state was replaced: look at everything. */
  readonly reset: boolean;
  /** Ids that were put, patched or deleted, by collection. */
  readonly changed: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Calls `flush` once, later: when the screen is about to be drawn. */
export type Scheduler = (flush: () => void) => void;

/** With the next frame; in a hidden tab (no frames there) after 100 ms; in Node after the current turn. */
export const scheduleFrame: Scheduler = (flush) => {
  if (typeof document === 'undefined') queueMicrotask(flush);
  else if (document.visibilityState === 'hidden') setTimeout(flush, 100);
  else requestAnimationFrame(flush);
};

/**
 * A room's confirmed records with a listener per record, so that a component is called only for what it shows.
 * `get` is always up to date; listeners hear of changes once per frame. Records are never mutated.
 */
export interface RecordStore extends StateReader {
  /** Calls `listener` after the record changed. */
  subscribe(collection: string, id: string, listener: () => void): () => void;
  /** Calls `listener` with everything that changed, once per flush. */
  onChange(listener: (change: StoreChange) => void): () => void;
}

type Listener = () => void;

/** The store that a room's stream writes to. */
export class ConfirmedStore implements RecordStore {
  private readonly schedule: Scheduler;
  private state = new RoomState();
  private readonly recordListeners = new Map<string, Set<Listener>>();
  private readonly changeListeners = new Set<(change: StoreChange) => void>();
  private pendingReset = false;
  private pendingChanges = new Map<string, Set<string>>();
  private isScheduled = false;

  constructor(schedule: Scheduler) {
    this.schedule = schedule;
  }

  get(collection: string, id: string): RoomRecord | undefined {
    return this.state.get(collection, id);
  }

  entries(collection: string): Iterable<readonly [id: string, record: RoomRecord]> {
    return this.state.entries(collection);
  }

  size(collection: string): number {
    return this.state.size(collection);
  }

  subscribe(collection: string, id: string, listener: Listener): () => void {
    const key = `${collection}/${id}`;
    const listeners = this.recordListeners.get(key) ?? new Set();
    this.recordListeners.set(key, listeners);
    const entry = () => listener();
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
      if (listeners.size === 0 && this.recordListeners.get(key) === listeners) this.recordListeners.delete(key);
    };
  }

  onChange(listener: (change: StoreChange) => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** Replaces everything by a snapshot's state. */
  replace(json: StateJson): void {
    this.state = RoomState.fromJson(json);
    this.pendingReset = true;
    this.requestFlush();
  }

  /** Applies a diff that continues the state; throws `BrokenDiff` when it does not fit, and must be replaced then. */
  apply(diff: Diff): void {
    this.state.apply(diff);
    for (const [collection, changes] of Object.entries(diff)) {
      const changed = this.pendingChanges.get(collection) ?? new Set();
      this.pendingChanges.set(collection, changed);
      for (const id of Object.keys(changes)) changed.add(id);
    }
    this.requestFlush();
  }

  private requestFlush(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.schedule(() => this.flush());
  }

  private flush(): void {
    const change: StoreChange = { reset: this.pendingReset, changed: this.pendingChanges };
    this.isScheduled = false;
    this.pendingReset = false;
    this.pendingChanges = new Map();
    for (const listener of this.changeListeners) listener(change);
    for (const key of change.reset ? [...this.recordListeners.keys()] : changedKeys(change)) {
      for (const listener of this.recordListeners.get(key) ?? []) listener();
    }
  }
}

function changedKeys({ changed }: StoreChange): string[] {
  return [...changed].flatMap(([collection, ids]) => [...ids].map((id) => `${collection}/${id}`));
}
