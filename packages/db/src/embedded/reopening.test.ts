/** What happens to a database in a folder when its thread dies: embedded/backend.test.ts tells of one in memory. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findAssets } from '../assets.ts';
import type { Database } from '../database.ts';
import { DatabaseUnavailable } from '../errors.ts';
import { databaseOn, openDatabase } from '../open-database.ts';
import { users } from '../schema/tables.ts';
import type { Ending } from '../session/ending.ts';
import { deleteSession } from '../session/session.ts';
import { arrangeSession, arrangeUser } from '../testing/arrange.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { findUser } from '../user/user.ts';
import type { EmbeddedBackend } from './backend.ts';
import { openFolder, openThread } from './open.ts';

const { workerUrl } = findAssets();
const parent = temporaryFolder();
const folder = join(parent.path, 'data');

beforeAll(async () => await (await openDatabase({ url: folder })).close());
afterAll(() => parent[Symbol.dispose]());

let backend: EmbeddedBackend;
let database: Database;
let heard: (Ending | 'deaf' | 'listening')[];
let told: EventEmitter;

beforeEach(async () => {
  backend = await openFolder(folder, workerUrl, () => {});
  database = databaseOn(backend);
  heard = [];
  told = new EventEmitter();
  const hear = (what: Ending | 'deaf' | 'listening'): void => {
    heard.push(what);
    told.emit(typeof what === 'string' ? what : 'ending');
  };
  await database.listen({
    onEnding: hear,
    onDoubt: () => {},
    onDeaf: () => hear('deaf'),
    onListening: () => hear('listening'),
  });
  return async () => await backend.close();
});

const isThere = async (userId: string): Promise<boolean> =>
  (await database.withScope({ system: 'test' }, async (tx) => await findUser(tx, userId))) !== null;

test('it refuses everything, comes back with all that it acknowledged, and reports endings again', async () => {
  const userId = await arrangeUser(database);
  const { publicId } = await arrangeSession(database, userId);
  await backend.thread.kill();
  await expect(database.ping()).rejects.toThrow(DatabaseUnavailable);
  await expect(isThere(userId)).rejects.toThrow(DatabaseUnavailable);
  await expect(openFolder(folder, workerUrl, () => {})).rejects.toThrow(`pid ${process.pid}`);
  expect(heard).toEqual(['listening', 'deaf']);

  await once(told, 'listening');
  expect(await isThere(userId)).toBe(true);
  const ending = once(told, 'ending');
  await database.withScope({ system: 'test' }, async (tx) => await deleteSession(tx, publicId, 'signed-out'));
  await ending;
  expect(heard.slice(3)).toEqual([{ type: 'session', publicId, userId, reason: 'signed-out' }]);
});

test('a transaction that it died of is not acknowledged by the next thread', async () => {
  const id = randomUUID();
  const interrupted = database.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(users).values({ id, name: 'Lost' });
    const back = once(told, 'listening');
    await backend.thread.kill();
    await back;
  });
  await expect(interrupted).rejects.toThrow(DatabaseUnavailable);
  expect(await isThere(id)).toBe(false);
});

test('who begins to listen while it is away is refused, and hears nothing afterwards', async () => {
  await backend.thread.kill();
  const late: string[] = [];
  const hear = (): void => void late.push('heard');
  const refused = database.listen({ onEnding: hear, onDoubt: hear, onDeaf: hear, onListening: hear });
  await expect(refused).rejects.toThrow(DatabaseUnavailable);
  await once(told, 'listening');
  expect(late).toEqual([]);
});

test('a folder that is gone is not made anew', () => {
  const gone = join(parent.path, 'gone');
  expect(() => openThread(gone, workerUrl)).toThrow(DatabaseUnavailable);
  expect(existsSync(gone)).toBe(false);
});

test('closing it while it is away gives the folder back at once', async () => {
  await backend.thread.kill();
  await backend.close();
  // Twice, so that there is time for an attempt that should not be made any more.
  for (const round of ['first', 'second']) {
    const next = await openFolder(folder, workerUrl, () => expect.unreachable(round));
    await next.ping();
    await next.close();
  }
  expect(heard).toEqual(['listening', 'deaf']);
});
