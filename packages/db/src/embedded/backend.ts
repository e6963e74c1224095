import { PgDialect } from 'drizzle-orm/pg-core';
import { PgliteSession, PgliteTransaction } from 'drizzle-orm/pglite';
import type { Backend, ChannelListeners, OpenTransaction, OwnerConnection, Statement } from '../backend.ts';
import { DatabaseUnavailable, ScopeMisuse } from '../errors.ts';
import type { ScopedTx } from '../scope.ts';
import type { FolderLock } from './lock.ts';
import type { Counters, QueryResult } from './messages.ts';
import { Retries } from './retries.ts';
import type { Thread } from './thread.ts';
import { Turns } from './turns.ts';

const dialect = new PgDialect();

/** The folder that a database lives in: what is needed to open it again. */
export interface Home {
  readonly lock: FolderLock;
  /** Starts a thread on it; throws, or the thread dies, when it cannot be opened now. */
  open(): Thread;
}

/**
 * PGlite as a backend: one session, so transactions take turns. When its thread dies, everything is refused until the
 * folder is open again in a new one; a database in memory died with its thread.
 */
export class EmbeddedBackend implements Backend {
  readonly description: string;
  readonly sessions = 1;
  /** Milliseconds from its begin to its end. */
  longestTransaction = 30_000;
  /** The living one, or the last that lived: that one refuses everything. */
  #thread: Thread;
  #opening: Thread | undefined;
  readonly #home: Home | undefined;
  readonly #retries = new Retries(async () => await this.#openAgain());
  readonly #turns = new Turns();
  readonly #channels = new Map<string, Set<ChannelListeners>>();

  constructor(thread: Thread, version: string, home?: Home) {
    this.description = `PostgreSQL ${version} (embedded)`;
    this.#home = home;
    this.#thread = thread;
    this.#attend(thread);
  }

  get thread(): Thread {
    return this.#thread;
  }

  async begin(opening: string): Promise<OpenTransaction> {
    const done = await this.#turns.take();
    const thread = this.#thread;
    try {
      await thread.send({ type: 'begin', opening });
    } catch (error) {
      done();
      throw error;
    }
    return this.#opened(thread, done);
  }

  /**
   * Whoever holds the one session for too long loses it, as PostgreSQL's own timeout would take a connection away.
   * A transaction ends in the thread in which it began: the next one would answer COMMIT to what it never saw.
   */
  #opened(thread: Thread, done: () => void): OpenTransaction {
    const client = new TransactionClient(thread);
    const end = async (how: 'commit' | 'rollback'): Promise<string> => {
      if (!client.isOpen) throw new DatabaseUnavailable('The transaction took too long and was rolled back.');
      client.isOpen = false;
      clearTimeout(limit);
      try {
        return String(await thread.send({ type: 'end', how }));
      } finally {
        done();
      }
    };
    const rollback = async (): Promise<void> => void (await end('rollback').catch(() => ''));
    const limit = setTimeout(() => void rollback(), this.longestTransaction);
    limit.unref();
    return { tx: client.drizzle(), commit: async () => await end('commit'), rollback };
  }

  async call({ text, values }: Statement): Promise<readonly Record<string, unknown>[]> {
    const done = await this.#turns.take();
    try {
      return (await this.#thread.send({ type: 'call', text, values })) as readonly Record<string, unknown>[];
    } finally {
      done();
    }
  }

  async owner(): Promise<OwnerConnection> {
    const release = await this.#turns.take();
    const thread = this.#thread;
    return {
      query: async (text, values = []) => {
        const result = await thread.send({ type: 'query', text, values, asArrays: false });
        return (result as QueryResult).rows as readonly Record<string, unknown>[];
      },
      script: async (text) => void (await thread.send({ type: 'script', text })),
      release,
    };
  }

  async listen(channel: string, listeners: ChannelListeners): Promise<() => Promise<void>> {
    const set = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, set.add(listeners));
    const release = await this.#turns.take();
    try {
      await this.#thread.send({ type: 'listen', channel });
    } catch (error) {
      set.delete(listeners);
      throw error;
    } finally {
      release();
    }
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
    return (await this.#thread.send({ type: 'counters' })) as Counters;
  }

  /** Waits for the transaction that is under way, and for nothing that could still be opened again. */
  async close(): Promise<void> {
    const done = await this.#turns.take();
    try {
      const stopped = this.#retries.stop();
      await this.#opening?.kill();
      await stopped;
      await this.#thread.close();
    } finally {
      done();
      await this.#home?.lock.release();
    }
  }

  #attend(thread: Thread): void {
    thread.onNotification = (channel, payload) => {
      for (const listeners of this.#channels.get(channel) ?? []) listeners.onMessage(payload);
    };
    thread.onDeath = () => {
      for (const listeners of this.#allListeners()) listeners.onDeaf();
      if (this.#home) this.#retries.start();
    };
  }

  async #openAgain(): Promise<void> {
    // Two threads in one folder would lose each other's rows: the dead one may still be on its way out.
    await this.#thread.kill();
    const thread = this.#home?.open();
    if (thread === undefined) return;
    this.#opening = thread;
    try {
      await thread.version;
      // Nobody has a turn in it before it listens: every ending that is committed there is heard.
      for (const channel of this.#channels.keys()) await thread.send({ type: 'listen', channel });
      thread.assertAlive();
    } catch (error) {
      await thread.kill();
      throw error;
    } finally {
      this.#opening = undefined;
    }
    this.#thread = thread;
    this.#attend(thread);
    for (const listeners of this.#allListeners()) listeners.onListening();
  }

  #allListeners(): readonly ChannelListeners[] {
    return [...this.#channels.values()].flatMap((set) => [...set]);
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
