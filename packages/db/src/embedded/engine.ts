import { PGlite, types } from '@electric-sql/pglite';
import type { PGliteOptions } from '@electric-sql/pglite';
import { DurableFS } from './durable-fs.ts';

/** The engine runs as this role, so that row-level security holds even for a query outside any scope. */
const owner = 'atrium_owner';

/** The defaults without `-F` (no fsync), made small. */
const startParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  ...['-c', 'fsync=on'],
  ...['-c', 'wal_sync_method=fsync'],
  ...['-c', 'shared_buffers=16MB'],
  // Full-page images are the price of surviving a torn page; compressing them halves the log.
  ...['-c', 'wal_compression=on'],
];

const initDbStartParams = ['--wal-segsize=1'];

const keepText = (value: string): string => value;
const arrays = { timestamp: 1115, timestamptz: 1185, interval: 1187, date: 1182, numeric: 1231 };

/** What Drizzle would pass per query: instants stay text, Drizzle makes dates of them. Functions cannot be sent here. */
const parsers = Object.fromEntries(
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE, ...Object.values(arrays)].map((id) => [
    id,
    keepText,
  ]),
);

export interface Engine {
  readonly pg: PGlite;
  fsyncs(): number;
}

/**
 * Starts PostgreSQL in this thread. `onBroken` is called when the engine cannot be trusted any more: the disk did not
 * keep what was written, or the engine left its main loop in a way that PGlite would swallow.
 */
export async function startEngine(
  folder: string | null,
  image: Uint8Array | null,
  onBroken: (reason: string) => void,
): Promise<Engine> {
  const fs = folder === null ? undefined : new DurableFS(folder, (error) => onBroken(`fsync failed: ${String(error)}`));
  const options: PGliteOptions = { startParams, initDbStartParams, parsers };
  if (fs) options.fs = fs;
  if (image) options.loadDataDir = new Blob([image]);
  const pg = await PGlite.create(options);
  watchMainLoop(pg, onBroken);
  return { pg, fsyncs: () => fs?.fsyncs ?? 0 };
}

/** Once per database, as the superuser that initdb made. */
export async function makeOwner(pg: PGlite): Promise<void> {
  await pg.exec(`
    create role ${owner} nosuperuser nobypassrls createrole login;
    alter database postgres owner to ${owner};
    grant pg_checkpoint, pg_maintain to ${owner};
  `);
}

/** Once per start: from here on nothing runs as a superuser. */
export async function becomeOwner(pg: PGlite): Promise<void> {
  await pg.exec(`set session authorization ${owner}`);
}

export async function hasOwner(pg: PGlite): Promise<boolean> {
  const { rows } = await pg.query('select from pg_roles where rolname = $1', [owner]);
  return rows.length > 0;
}

/** 100 is the engine's own way back into its loop after an SQL error; anything else is a crash. */
const errorJump = 100;

function watchMainLoop(pg: PGlite, onBroken: (reason: string) => void): void {
  const mod = pg.Module as unknown as { _PostgresMainLoopOnce: () => void };
  const runOnce = mod._PostgresMainLoopOnce;
  mod._PostgresMainLoopOnce = () => {
    try {
      runOnce();
    } catch (error) {
      const status: unknown = error instanceof Object ? Reflect.get(error, 'status') : undefined;
      if (status !== errorJump) onBroken(`the engine stopped: ${String(error)}`);
      throw error;
    }
  };
}
