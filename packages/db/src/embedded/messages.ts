import type { DriverError } from '../errors.ts';

/** What the thread is started with. `folder` null: in memory, from `image` (a tar of a data folder) or empty. */
export interface ThreadTask {
  /** `create` makes a new folder and ends; `open` serves until `close`. */
  readonly task: 'create' | 'open';
  readonly folder: string | null;
  readonly image: Uint8Array | null;
}

/** One request to the thread; they are answered one after the other, in order. */
export type Request =
  /** `BEGIN` and one statement that sets the scope, in one message. */
  | { readonly type: 'begin'; readonly opening: string }
  | { readonly type: 'query'; readonly text: string; readonly values: readonly unknown[]; readonly asArrays: boolean }
  /** One statement in a transaction of its own. */
  | { readonly type: 'call'; readonly text: string; readonly values: readonly unknown[] }
  | { readonly type: 'script'; readonly text: string }
  | { readonly type: 'end'; readonly how: 'commit' | 'rollback' }
  | { readonly type: 'listen'; readonly channel: string }
  /** The whole data folder as a tar. */
  | { readonly type: 'image' }
  | { readonly type: 'counters' }
  | { readonly type: 'close' };

/** What the thread did for durability and tidiness since it started. */
export interface Counters {
  readonly fsyncs: number;
  readonly checkpoints: number;
  readonly vacuums: number;
}

/** What `query` answers with. */
export interface QueryResult {
  readonly rows: readonly unknown[];
  readonly affectedRows: number;
}

export interface Numbered {
  readonly id: number;
  readonly request: Request;
}

export type Answer =
  | { readonly type: 'ready'; readonly version: string }
  | { readonly type: 'created' }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: DriverError }
  | { readonly type: 'notification'; readonly channel: string; readonly payload: string }
  /** The engine is in a state from which only a new start helps. */
  | { readonly type: 'broken'; readonly reason: string };
