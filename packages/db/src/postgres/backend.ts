import { PgDialect } from 'drizzle-orm/pg-core';
import { NodePgSession, NodePgTransaction } from 'drizzle-orm/node-postgres';
import { Pool, type PoolClient, type QueryConfig } from 'pg';
import type { Backend, ChannelListeners, OpenTransaction, OwnerConnection, Statement } from '../backend.ts';
import { DatabaseUnavailable, QueryFailed, ScopeMisuse, toDatabaseError } from '../errors.ts';
import type { ScopedTx } from '../scope.ts';
import { listenOn } from './listener.ts';

const dialect = new PgDialect();
const sessions = 10;
const oldest = 150_000; // server_version_num of 15.0

/** What every connection is told: nothing waits for ever, neither for us nor in the server nor for a silent network. */
const connectionOptions = {
  application_name: 'atrium',
  connectionTimeoutMillis: 10_000,
  statement_timeout: 30_000,
  query_timeout: 35_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
};

/** PostgreSQL 15 or newer. Rejects with `DatabaseUnavailable` when it cannot be reached or is too old. */
export async function openPostgres(url: string): Promise<PostgresBackend> {
  const pool = new Pool({ connectionString: url, max: sessions, ...connectionOptions });
  // A connection that breaks while nobody uses it leaves the pool by itself; without a listener it would end the process.
  pool.on('error', () => {});
  try {
    const { rows } = await pool.query<{ version: string; number: string }>(
      `select current_setting('server_version') as version, current_setting('server_version_num') as number`,
    );
    const { version, number } = rows[0] ?? { version: 'unknown', number: '0' };
    if (Number(number) < oldest) throw new DatabaseUnavailable(`PostgreSQL ${version} is too old: 15 is needed.`);
    return new PostgresBackend(url, pool, version);
  } catch (error) {
    await pool.end();
    throw toDatabaseError(error);
  }
}

export class PostgresBackend implements Backend {
  readonly description: string;
  readonly sessions = sessions;
  readonly #url: string;
  readonly #pool: Pool;

  constructor(url: string, pool: Pool, version: string) {
    this.#url = url;
    this.#pool = pool;
    this.description = `PostgreSQL ${version.split(' ')[0] ?? version}`;
  }

  async begin(opening: string): Promise<OpenTransaction> {
    const client = await this.#connect();
    try {
      await client.query(`begin; ${opening}`);
    } catch (error) {
      client.release(true);
      throw toDatabaseError(error);
    }
    const guarded = new TransactionClient(client);
    return {
      tx: guarded.drizzle(),
      commit: async () => await end(guarded, client, 'commit'),
      rollback: async () => void (await end(guarded, client, 'rollback').catch(() => '')),
    };
  }

  async call({ name, text, values }: Statement): Promise<readonly Record<string, unknown>[]> {
    const client = await this.#connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>({ name, text, values: [...values] });
      client.release();
      return rows;
    } catch (cause) {
      const error = toDatabaseError(cause);
      // Only a connection that answered is one to go on with.
      client.release(!(error instanceof QueryFailed));
      throw error;
    }
  }

  async owner(): Promise<OwnerConnection> {
    const client = await this.#connect();
    const query: OwnerConnection['query'] = async (text, values = []) => {
      try {
        return (await client.query<Record<string, unknown>>(text, [...values])).rows;
      } catch (error) {
        throw toDatabaseError(error);
      }
    };
    const script: OwnerConnection['script'] = async (text) => {
      try {
        await client.query(text);
      } catch (error) {
        throw toDatabaseError(error);
      }
    };
    return { query, script, release: () => client.release() };
  }

  async listen(channel: string, listeners: ChannelListeners): Promise<() => Promise<void>> {
    return await listenOn({ connectionString: this.#url, ...connectionOptions }, channel, listeners);
  }

  async ping(): Promise<void> {
    try {
      await this.#pool.query('select 1');
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
}

/** Gives the connection back; one that failed to end its transaction is closed, so that no role outlives its scope. */
async function end(guarded: TransactionClient, client: PoolClient, how: 'commit' | 'rollback'): Promise<string> {
  guarded.isOpen = false;
  try {
    const { command } = await client.query(how);
    client.release();
    return command;
  } catch (error) {
    client.release(true);
    throw toDatabaseError(error);
  }
}

/** What Drizzle's driver calls, for the length of one transaction. */
class TransactionClient {
  isOpen = true;
  readonly #client: PoolClient;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async query(config: QueryConfig, values: unknown[]): Promise<unknown> {
    if (!this.isOpen) throw new ScopeMisuse('This transaction has ended: await every query inside its scope.');
    return await this.#client.query(config, values);
  }

  drizzle(): ScopedTx {
    type Client = ConstructorParameters<typeof NodePgSession>[0];
    const session = new NodePgSession(this as unknown as Client, dialect, undefined);
    return new NodePgTransaction(dialect, session, undefined) as unknown as ScopedTx;
  }
}
