import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RoomBatch } from '@atrium/rooms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAssets } from '../assets.ts';
import { DatabaseUnavailable } from '../errors.ts';
import { databaseOn, openDatabase } from '../open-database.ts';
import { arrangeRoom, arrangeUser } from '../testing/arrange.ts';
import { startProcess } from '../testing/process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openFolder } from './open.ts';

const writer = new URL('./writer.fixture.ts', import.meta.url);
const { workerUrl } = findAssets();
const silent = (): void => {};

/** One folder for all: making one takes seconds. */
const parent = temporaryFolder();
const folder = join(parent.path, 'data');
let roomId: string;
const moreRooms: string[] = [];

beforeAll(async () => {
  const progress: string[] = [];
  const database = await openDatabase({ url: folder, onProgress: (line) => progress.push(line) });
  const owner = await arrangeUser(database);
  roomId = await arrangeRoom(database, owner);
  for (let count = 0; count < 7; count += 1) moreRooms.push(await arrangeRoom(database, owner));
  await database.close();
  expect(progress[0]).toMatch(/^Creating the database in /);
  expect(readdirSync(parent.path)).toEqual(['data']);
});

afterAll(() => parent[Symbol.dispose]());

describe('the folder', () => {
  test('is refused to a second process, which is told whom to stop', async () => {
    await using first = startProcess(writer, [folder, roomId]);
    expect(await first.nextLine()).toBe('open');
    const second = openDatabase({ url: folder });
    await expect(second).rejects.toThrow(DatabaseUnavailable);
    await expect(second).rejects.toThrow(`pid ${first.child.pid}`);
  });

  test('is refused to the same process while it is open, and given again afterwards', async () => {
    const first = await openDatabase({ url: folder });
    await expect(openDatabase({ url: folder })).rejects.toThrow(`pid ${process.pid}`);
    await first.close();
    const again = await openDatabase({ url: folder });
    await again.ping();
    await again.close();
  });

  test('with other files in it is left alone', async () => {
    using other = temporaryFolder();
    writeFileSync(join(other.path, 'letter.txt'), 'Dear …');
    await expect(openDatabase({ url: other.path })).rejects.toThrow(/holds other files/);
    expect(readdirSync(other.path)).toEqual(['letter.txt']);
  });

  test('is made anew where an earlier attempt was interrupted', async () => {
    using other = temporaryFolder();
    const path = join(other.path, 'data');
    mkdirSync(join(`${path}.creating`, 'base'), { recursive: true });
    writeFileSync(join(`${path}.creating`, 'PG_VERSION'), '18');
    const database = await openDatabase({ url: path });
    await database.ping();
    await database.close();
    expect(readdirSync(other.path)).toEqual(['data']);
  });
});

describe('a commit', () => {
  test('waits for the disk, every time', async () => {
    const backend = await openFolder(folder, workerUrl, silent);
    const database = databaseOn(backend);
    const before = await backend.counters();
    for (let count = 0; count < 20; count += 1) await arrangeUser(database);
    const after = await backend.counters();
    expect(after.fsyncs - before.fsyncs).toBeGreaterThanOrEqual(20);
    await database.ping();
    expect((await backend.counters()).fsyncs).toBe(after.fsyncs);
    await backend.close();
  });

  test('is shared by the rooms that write at the same moment', async () => {
    const backend = await openFolder(folder, workerUrl, silent);
    const database = databaseOn(backend);
    const owner = await arrangeUser(database);
    const rooms: string[] = [];
    for (let count = 0; count < 30; count += 1) rooms.push(await arrangeRoom(database, owner));
    const before = await backend.counters();
    const outcomes = await Promise.all(rooms.map((id) => database.roomLog.append(firstOf(id))));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect((await backend.counters()).fsyncs - before.fsyncs).toBe(1);
    await backend.close();
  });

  test('that was acknowledged survives SIGKILL, and the folder opens again', async () => {
    const rounds = 3;
    const rooms = [roomId, ...moreRooms];
    const acknowledged = new Map<string, number>();
    const note = (line: string): void => {
      const [room = '', ver] = line.split(' ');
      acknowledged.set(room, Number(ver));
    };
    for (let round = 0; round < rounds; round += 1) {
      await using process = startProcess(writer, [folder, ...rooms]);
      expect(await process.nextLine()).toBe('open');
      for (let count = 0; count < 200 + round * 77; count += 1) note(await process.nextLine());
      for (const line of await process.kill()) note(line);
    }
    const database = await openDatabase({ url: folder });
    for (const room of rooms) {
      const batches = await database.roomLog.read(room, 0, 100_000);
      expect(acknowledged.get(room)).toBeGreaterThan(0);
      expect(batches.length).toBeGreaterThanOrEqual(acknowledged.get(room) ?? Infinity);
      expect(batches.map((batch) => batch.ver)).toEqual(batches.map((_, index) => index + 1));
      for (const [index, batch] of batches.entries()) expect(batch.prevHash).toBe(batches[index - 1]?.hash ?? '');
    }
    await database.close();
  }, 120_000);
});

test('the housekeeper keeps the log on disk short', async () => {
  const backend = await openFolder(folder, workerUrl, silent);
  const { script, release } = await backend.owner();
  await script(`create table ballast (line text); alter table ballast alter line set storage external`);
  release();
  const until = Date.now() + 20_000;
  while ((await backend.counters()).checkpoints === 0 && Date.now() < until) {
    const connection = await backend.owner();
    await connection.script(`begin; insert into ballast select repeat('x', 7000) from generate_series(1, 200)`);
    await backend.thread.send({ type: 'end', how: 'commit' });
    connection.release();
  }
  expect((await backend.counters()).checkpoints).toBeGreaterThan(0);
  const log = readdirSync(join(folder, 'pg_wal')).filter((file) => /^[0-9A-F]{24}$/.test(file));
  expect(log.length).toBeLessThan(120);
  await backend.close();
});

function firstOf(id: string): RoomBatch {
  const chain = { prevHash: '', hash: 'h', node: 'n', at: 1 };
  return { roomId: id, ver: 1, epoch: 1, batchId: randomUUID(), ...chain, diff: {}, commands: [] };
}
