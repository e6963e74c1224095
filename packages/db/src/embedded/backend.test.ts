import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { findAssets } from '../assets.ts';
import { DatabaseUnavailable, QueryFailed } from '../errors.ts';
import { databaseOn } from '../open-database.ts';
import { cachedImage } from '../testing/image.ts';
import type { EmbeddedBackend } from './backend.ts';
import { openMemory } from './open.ts';

const assets = findAssets();
let backend: EmbeddedBackend | undefined;

/** The same one for every test, until one of them has killed it. */
async function current(): Promise<EmbeddedBackend> {
  backend ??= await openMemory(assets.workerUrl, await cachedImage('migrated', assets));
  return backend;
}

beforeEach(async () => void (await current()));

afterAll(async () => await backend?.close());

test('timers and sockets of the server have their turn while the database works', async () => {
  const database = databaseOn(await current());
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  for (let count = 0; count < 100; count += 1) await database.withScope({ system: 'test' }, async () => {});
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
});

test('a transaction that hangs is rolled back, and the next one has its turn', async () => {
  const embedded = await current();
  embedded.longestTransaction = 50;
  const database = databaseOn(embedded);
  const hanging = database.withScope({ system: 'test' }, async () => await pause(200));
  const next = database.withScope({ system: 'test' }, async (tx) => await tx.execute(sql`select 1`));
  await expect(next).resolves.toBeDefined();
  await expect(hanging).rejects.toThrow(DatabaseUnavailable);
  embedded.longestTransaction = 30_000;
});

test('a begin that fails gives the turn back', async () => {
  const embedded = await current();
  await expect(embedded.begin('select 1 / 0')).rejects.toThrow(QueryFailed);
  await embedded.ping();
});

test('when the thread dies, what waits and what comes is refused, and listeners are told', async () => {
  const embedded = await current();
  backend = undefined;
  const database = databaseOn(embedded);
  const heard: string[] = [];
  await database.listen({
    onEnding: () => {},
    onDoubt: () => {},
    onDeaf: () => heard.push('deaf'),
    onListening: () => {},
  });
  const waiting = database.withScope({ system: 'test' }, async (tx) => await tx.execute(sql`select pg_sleep(30)`));
  await embedded.thread.kill();
  await expect(waiting).rejects.toThrow(DatabaseUnavailable);
  await expect(database.ping()).rejects.toThrow(DatabaseUnavailable);
  await expect(database.withScope({ system: 'test' }, async () => {})).rejects.toThrow(DatabaseUnavailable);
  expect(heard).toEqual(['deaf']);
  await embedded.close();
});
