import { type Database, openDatabase } from '@atrium/db';
import { createServerDatabase } from '@atrium/db/testing';
import { sql } from 'drizzle-orm';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseName } from '../database-name.ts';
import { parentOf } from '../measure/cpu-time.ts';

/** A database whose commits are on a real disk, for a server in a process of its own; gone when disposed of. */
export interface DurableDatabase extends AsyncDisposable {
  /** What tells the server where it is. */
  readonly environment: Readonly<Record<string, string>>;
  /** The process whose children work for a PostgreSQL server on this machine; 0 where there is none. */
  readonly postmaster: number;
}

/** `arrange` puts in what the server finds when it starts. */
export async function createDurableDatabase(arrange: (database: Database) => Promise<void>): Promise<DurableDatabase> {
  if (databaseName() === 'postgresql') {
    const { url, [Symbol.asyncDispose]: drop } = await createServerDatabase();
    let postmaster = 0;
    await arrangeIn(url, async (database) => {
      postmaster = parentOf(await backendOf(database));
      await arrange(database);
    });
    return {
      environment: { DATABASE_URL: url, SECRET_KEY: 'only for figures and long enough for it' },
      postmaster,
      [Symbol.asyncDispose]: drop,
    };
  }
  const parent = await mkdtemp(join(tmpdir(), 'atrium-bench-'));
  const folder = join(parent, 'data');
  await arrangeIn(folder, arrange);
  return {
    environment: { DATABASE_URL: '', DATA_DIR: folder },
    postmaster: 0,
    [Symbol.asyncDispose]: () => rm(parent, { recursive: true, force: true }),
  };
}

async function backendOf(database: Database): Promise<number> {
  const { rows } = (await database.withScope({ system: 'test' }, (tx) =>
    tx.execute(sql`select pg_backend_pid() as pid`),
  )) as { readonly rows: readonly { readonly pid: number }[] };
  return rows[0]?.pid ?? 0;
}

async function arrangeIn(url: string, arrange: (database: Database) => Promise<void>): Promise<void> {
  const database = await openDatabase({ url });
  try {
    await arrange(database);
  } finally {
    await database.close();
  }
}
