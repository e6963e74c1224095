import type { ScopedTx } from './scope.ts';

/** What the door needs from a driver. Implementations: embedded (PGlite) and postgres (`pg`). */
export interface Backend {
  readonly description: string;
  /** Takes a connection, sends `BEGIN` and `opening` in one round trip. Rejects with a typed error. */
  begin(opening: string): Promise<OpenTransaction>;
  /** How many statements it works on at once. */
  readonly sessions: number;
  /** One statement that commits by itself, in one round trip, as the owner and outside any scope. See `callSystem`. */
  call(statement: Statement): Promise<readonly Record<string, unknown>[]>;
  /** Runs plain SQL as the owner, outside any scope: migrations and tests. */
  owner(): Promise<OwnerConnection>;
  listen(channel: string, listeners: ChannelListeners): Promise<() => Promise<void>>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface Statement {
  /** Prepared under this name once per connection. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface OpenTransaction {
  readonly tx: ScopedTx;
  /** Resolves with the tag: `COMMIT`, or `ROLLBACK` when a statement had failed. The connection is given back. */
  commit(): Promise<string>;
  /** Never rejects: a connection that cannot roll back is thrown away. */
  rollback(): Promise<void>;
}

export interface OwnerConnection {
  readonly query: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;
  /** Several statements, separated by semicolons. */
  readonly script: (text: string) => Promise<void>;
  readonly release: () => void;
}

export interface ChannelListeners {
  onMessage(payload: string): void;
  onDeaf(): void;
  onListening(): void;
}
