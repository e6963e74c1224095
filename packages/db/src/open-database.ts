import { findAssets } from './assets.ts';
import type { Backend } from './backend.ts';
import type { Database, OpenOptions } from './database.ts';
import { withScope } from './door.ts';
import { openFolder, openMemory } from './embedded/open.ts';
import { appendBatches } from './log/append-batches.ts';
import { roomLog } from './log/room-log.ts';
import { migrate } from './migration/migrate.ts';
import { openPostgres } from './postgres/backend.ts';
import { listenForEndings } from './session/listen.ts';
import { sessionAdapter } from './session/adapter.ts';

/**
 * Opens the database and brings its schema up to date. Where the thread's script and the migrations are found is
 * said in assets.ts. Rejects with `DatabaseUnavailable`, whose message is meant for the person at the console.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const backend = await openBackend(options);
  try {
    await bringUpToDate(backend, options);
  } catch (error) {
    await backend.close();
    throw error;
  }
  return databaseOn(backend);
}

/** The outward face of a backend whose schema is up to date. */
export function databaseOn(backend: Backend): Database {
  const scoped: Database['withScope'] = async (scope, run) => await withScope(backend, scope, run);
  return {
    description: backend.description,
    withScope: scoped,
    sessionAdapter: sessionAdapter(scoped),
    roomLog: roomLog(scoped, appendBatches(backend)),
    listen: async (listeners) => await listenForEndings(backend, listeners),
    ping: async () => await backend.ping(),
    close: async () => await backend.close(),
  };
}

async function openBackend({ url, assets, onProgress = () => {} }: OpenOptions): Promise<Backend> {
  const { workerUrl } = assets ?? findAssets();
  if (/^postgres(ql)?:\/\//.test(url)) return await openPostgres(url);
  if (url === 'memory:') return await openMemory(workerUrl, null);
  return await openFolder(url, workerUrl, onProgress);
}

async function bringUpToDate(backend: Backend, { assets, onProgress = () => {} }: OpenOptions): Promise<void> {
  const { migrationsFolder } = assets ?? findAssets();
  const connection = await backend.owner();
  try {
    const applied = await migrate(connection, migrationsFolder);
    if (applied > 0) onProgress(`Brought the database up to date (${applied} migrations).`);
  } finally {
    connection.release();
  }
}
