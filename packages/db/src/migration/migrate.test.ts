import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findAssets } from '../assets.ts';
import type { Backend } from '../backend.ts';
import { openEmptyBackend } from '../testing/empty-backend.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { migrate } from './migrate.ts';

const { migrationsFolder } = findAssets();
const files = readdirSync(migrationsFolder).filter((file) => file.endsWith('.sql'));

async function run(backend: Backend, folder = migrationsFolder): Promise<number> {
  const connection = await backend.owner();
  return await migrate(connection, folder).finally(() => connection.release());
}

test('three processes that start at once migrate once', async () => {
  await using empty = await openEmptyBackend();
  const applied = await Promise.all([run(empty.backend), run(empty.backend), run(empty.backend)]);
  expect(applied.toSorted((a, b) => a - b)).toEqual([0, 0, files.length]);
});

test('a migration that fails leaves nothing behind, and the next attempt starts where it was', async () => {
  await using empty = await openEmptyBackend();
  await run(empty.backend);
  using folder = temporaryFolder();
  cpSync(migrationsFolder, folder.path, { recursive: true });
  const entry = { idx: files.length, version: '7', when: Date.now(), tag: '9999_next', breakpoints: true };
  const journal = { version: '7', dialect: 'postgresql', entries: [entry] };
  writeFileSync(join(folder.path, 'meta/_journal.json'), JSON.stringify(journal));
  const write = (sql: string): void => writeFileSync(join(folder.path, '9999_next.sql'), sql);

  write('create table next (id int);\n--> statement-breakpoint\nselect 1 / 0;');
  await expect(run(empty.backend, folder.path)).rejects.toMatchObject({ code: '22012' });
  write('create table next (id int);');
  expect(await run(empty.backend, folder.path)).toBe(1);
  // The old version of the code starts beside the new one.
  expect(await run(empty.backend)).toBe(0);
});
