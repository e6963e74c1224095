import type { StateReader } from '@atrium/rooms/kind';

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
 * A room's records, what this person did included, with a listener per record, so that a component is called only for
 * what it shows. Listeners hear of changes once per frame. Records are never mutated.
 */
export interface RecordStore extends StateReader {
  /** Calls `listener` after the record changed. */
  subscribe(collection: string, id: string, listener: () => void): () => void;
  /** Calls `listener` with everything that changed, once per flush. */
  onChange(listener: (change: StoreChange) => void): () => void;
}

type Listener = () => void;

/** Who wants to hear of which record, and what there is to tell at the next frame. */
export class RecordListeners {
  private readonly schedule: Scheduler;
  private readonly beforeFlush: () => void;
  private readonly ofRecord = new Map<string, Set<Listener>>();
  private readonly ofAll = new Set<(change: StoreChange) => void>();
  private isReset = false;
  private changed = new Map<string, Set<string>>();
  private isScheduled = false;

  /** `beforeFlush` may still note changes. */
  constructor(schedule: Scheduler, beforeFlush: () => void) {
    this.schedule = schedule;
    this.beforeFlush = beforeFlush;
  }

  subscribe(collection: string, id: string, listener: Listener): () => void {
    const key = `${collection}/${id}`;
    const listeners = this.ofRecord.get(key) ?? new Set();
    this.ofRecord.set(key, listeners);
    // A fresh function each time: the same listener may subscribe twice and leave once.
    const entry = () => listener();
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
      if (listeners.size === 0 && this.ofRecord.get(key) === listeners) this.ofRecord.delete(key);
    };
  }

  onChange(listener: (change: StoreChange) => void): () => void {
    this.ofAll.add(listener);
    return () => this.ofAll.delete(listener);
  }

  note(collection: string, id: string): void {
    const ids = this.changed.get(collection) ?? new Set();
    this.changed.set(collection, ids);
    ids.add(id);
    this.request();
  }

  noteReset(): void {
    this.isReset = true;
    this.request();
  }

  /** Asks for a flush with the next frame. */
  request(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    this.schedule(() => this.flush());
  }

  private flush(): void {
    this.beforeFlush();
    this.isScheduled = false;
    const change: StoreChange = { reset: this.isReset, changed: this.changed };
    if (!change.reset && change.changed.size === 0) return;
    this.isReset = false;
    this.changed = new Map();
    for (const listener of this.ofAll) listener(change);
    for (const key of change.reset ? [...this.ofRecord.keys()] : changedKeys(change)) {
      for (const listener of this.ofRecord.get(key) ?? []) listener();
    }
  }
}

function changedKeys({ changed }: StoreChange): string[] {
  return [...changed].flatMap(([collection, ids]) => [...ids].map((id) => `${collection}/${id}`));
}
