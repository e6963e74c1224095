import { PgDialect } from 'drizzle-orm/pg-core';
import { PgliteSession, PgliteTransaction } from 'drizzle-orm/pglite';
import type { Backend, ChannelListeners, OpenTransaction, OwnerConnection } from '../backend.ts';
import { DatabaseUnavailable, ScopeMisuse } from '../errors.ts';
import type { ScopedTx } from '../scope.ts';
import type { FolderLock } from './lock.ts';
import type { Counters, QueryResult } from './messages.ts';
import type { Thread } from './thread.ts';
import { Turns } from './turns.ts';

const dialect = new PgDialect();

/** PGlite as a backend: one session, so transactions take turns. */
export class EmbeddedBackend implements Backend {
  readonly description: string;
  readonly thread: Thread;
  /** Milliseconds from its begin to its end. */
  longestTransaction = 30_000;
  readonly #lock: FolderLock | undefined;
  readonly #turns = new Turns();
  readonly #channels = new Map<string, Set<ChannelListeners>>();

  constructor(thread: Thread, version: string, lock: FolderLock | undefined) {
    this.thread = thread;
    this.description = `PostgreSQL ${version} (embedded)`;
    this.#lock = lock;
    thread.onNotification = (channel, payload) => {
      for (const listeners of this.#channels.get(channel) ?? []) listeners.onMessage(payload);
    };
    thread.onDeath = () => {
      for (const set of this.#channels.values()) for (const listeners of set) listeners.onDeaf();
    };
  }

  async begin(opening: string): Promise<OpenTransaction> {
    const done = await this.#turns.take();
    try {
      await this.thread.send({ type: 'begin', opening });
    } catch (error) {
      done();
      throw error;
    }
    return this.#opened(new TransactionClient(this.thread), done);
  }

  /** Whoever holds the one session for too long loses it, as PostgreSQL's own timeout would take a connection away. */
  #opened(client: TransactionClient, done: () => void): OpenTransaction {
    const end = async (how: 'commit' | 'rollback'): Promise<string> => {
      if (!client.isOpen) throw new DatabaseUnavailable('The transaction took too long and was rolled back.');
      client.isOpen = false;
      clearTimeout(limit);
      try {
        return String(await this.thread.send({ type: 'end', how }));
      } finally {
        done();
      }
    };
    const rollback = async (): Promise<void> => void (await end('rollback').catch(() => ''));
    const limit = setTimeout(() => void rollback(), this.longestTransaction);
    limit.unref();
    return { tx: client.drizzle(), commit: async () => await end('commit'), rollback };
  }

  async owner(): Promise<OwnerConnection> {
    const release = await this.#turns.take();
    return {
      query: async (text, values = []) => {
        const result = await this.thread.send({ type: 'query', text, values, asArrays: false });
        return (result as QueryResult).rows as readonly Record<string, unknown>[];
      },
      script: async (text) => void (await this.thread.send({ type: 'script', text })),
      release,
    };
  }

  async listen(channel: string, listeners: ChannelListeners): Promise<() => Promise<void>> {
    const set = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, set.add(listeners));
    const { script, release } = await this.owner();
    await script(`listen ${channel}`).finally(release);
    listeners.onListening();
    return async () => void set.delete(listeners);
  }

  /** For tests, which hand one database from one to the next. */
  forgetListeners(): void {
    this.#channels.clear();
  }

  async ping(): Promise<void> {
    const { query, release } = await this.owner();
    await query('select 1').finally(release);
  }

  async counters(): Promise<Counters> {
    return (await this.thread.send({ type: 'counters' })) as Counters;
  }

  /** Waits for the transaction that is under way. */
  async close(): Promise<void> {
    const done = await this.#turns.take();
    await this.thread.close().finally(done);
    await this.#lock?.release();
  }
}

/** What Drizzle's PGlite driver calls, for the length of one transaction. */
class TransactionClient {
  isOpen = true;
  readonly #thread: Thread;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  async query(text: string, values: readonly unknown[], options?: { rowMode?: string }): Promise<QueryResult> {
    if (!this.isOpen) throw new ScopeMisuse('This transaction has ended: await every query inside its scope.');
    const asArrays = options?.rowMode === 'array';
    return (await this.#thread.send({ type: 'query', text, values, asArrays })) as QueryResult;
  }

  drizzle(): ScopedTx {
    type Client = ConstructorParameters<typeof PgliteSession>[0];
    const session = new PgliteSession(this as unknown as Client, dialect, undefined);
    return new PgliteTransaction(dialect, session, undefined) as unknown as ScopedTx;
  }
}
