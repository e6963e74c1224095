import type { RoomLog } from '@atrium/rooms';
import type { Adapter } from 'lucia';
import type { Assets } from './assets.ts';
import type { Ending } from './session/ending.ts';
import type { Scope, ScopedTx } from './scope.ts';

export interface OpenOptions {
  /** `postgres://…`; a folder for the embedded database; `memory:` for one that is thrown away. */
  readonly url: string;
  /** One line of progress for the person who waits ("Creating the database in ./data …"). */
  readonly onProgress?: (line: string) => void;
  /** Where the thread's script and the migrations are; found beside the code when left out (assets.ts). */
  readonly assets?: Assets;
}

/** The only door to the data: there is no bare handle behind it. */
export interface Database {
  /** `PostgreSQL 18.1 (embedded)`, for the start-up line and /readyz. */
  readonly description: string;
  /** One transaction as the scope's role, with row-level security. See `Scope`. */
  withScope<T>(scope: Scope, run: (tx: ScopedTx) => Promise<T>): Promise<T>;
  /** Lucia's storage. Deletes by it fire the same trigger as any other delete. */
  readonly sessionAdapter: Adapter;
  readonly roomLog: RoomLog;
  /** Calls `listener` for everything that ends or changes access, from any writer, after its commit. */
  listen(listeners: EndingListeners): Promise<() => Promise<void>>;
  /** Resolves when a query was answered; rejects with `DatabaseUnavailable`. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface EndingListeners {
  onEnding(ending: Ending): void;
  /** Something ended or changed, and nobody can say what: whoever keeps state must read it again now. */
  onDoubt(): void;
  /** The listening connection is gone: endings may be missed until `onListening`. */
  onDeaf(): void;
  /** Listening (again): whoever keeps state must read it again now. */
  onListening(): void;
}
