import { openTestDatabase } from '@atrium/db/testing';
import type { RoomBatch, RoomHub, RoomLog } from '@atrium/rooms';
import { type Config, readConfig, type RunningServer, startServer, type StartOptions } from '@atrium/server';
import type { SQL } from 'drizzle-orm';
import { readWholeLog } from './room-log.ts';

export interface TestServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Where the first administrator is made. */
  readonly setupUrl: string | null;
  /** The server's rooms, past every policy. */
  readonly hub: RoomHub;
  /** Any statement, past every procedure and every repository function. Resolves after its commit. */
  runSql(statement: SQL): Promise<void>;
  /** The same for a query. */
  readSql<Row = Record<string, unknown>>(query: SQL): Promise<readonly Row[]>;
  /** SQL as the owner of the tables: what it changes of them stays for the tests after, so take it back. */
  asOwner(text: string): Promise<void>;
  /** What the log holds of a room, from the first batch on. */
  readLog(roomId: string): Promise<readonly RoomBatch[]>;
}

export interface TestServerOptions {
  readonly joins?: StartOptions['joins'];
  readonly clock?: StartOptions['clock'];
  readonly providers?: StartOptions['providers'];
  readonly logTo?: StartOptions['logTo'];
  /** Instead of the database's own. */
  readonly roomLog?: RoomLog;
}

/**
 * A real server on a real port over a database of its own: embedded and in memory, or on the PostgreSQL server that
 * `TEST_DATABASE_URL` names. `overrides` are fields of the server's configuration.
 */
export async function startTestServer(
  overrides: Partial<Config> = {},
  { joins, roomLog, clock, providers, logTo }: TestServerOptions = {},
): Promise<TestServer> {
  const opened = await openTestDatabase();
  const database = roomLog === undefined ? opened : { ...opened, roomLog };
  const server = await startServer({ ...testConfig, ...overrides }, { database, joins, clock, providers, logTo });
  return {
    url: server.url,
    port: server.port,
    setupUrl: server.setupUrl,
    hub: server.hub,
    async runSql(statement) {
      await database.withScope({ system: 'test' }, async (tx) => {
        await tx.execute(statement);
      });
    },
    async readSql<Row>(query: SQL) {
      return database.withScope({ system: 'test' }, async (tx) => {
        const result = (await tx.execute(query)) as { readonly rows: readonly Row[] };
        return result.rows;
      });
    },
    async asOwner(text) {
      await opened.asOwner(text);
    },
    readLog: (roomId) => readWholeLog(database.roomLog, roomId),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** A server on a data folder, which can be stopped and started again. */
export async function startServerOn(
  folder: string,
  overrides: Partial<Config> = {},
): Promise<AsyncDisposable & { url: string; restart(): Promise<void> }> {
  const config: Config = { ...testConfig, ...overrides, databaseUrl: folder };
  let running: RunningServer = await startServer(config);
  const { url, port } = running;
  return {
    url,
    async restart() {
      await running.close();
      running = await startServer({ ...config, port });
    },
    [Symbol.asyncDispose]: () => running.close(),
  };
}

const testConfig: Config = {
  ...readConfig({ SECRET_KEY: 'only for tests and long enough for them' }),
  logLevel: 'error',
  port: 0,
};
