import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Assets } from '../assets.ts';
import { openMemory } from '../embedded/open.ts';
import { migrate } from '../migration/migrate.ts';

const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** `blank`: as initdb leaves it; `migrated`: with the schema, and no rows. */
type Kind = 'blank' | 'migrated';

/** A database as a tar: made once per set of migrations, read in a few milliseconds afterwards. */
export async function cachedImage(kind: Kind, assets: Assets): Promise<Uint8Array> {
  const file = join(cacheFolder, `database-${kind}-${fingerprint(assets)}.tar`);
  if (existsSync(file)) return readFileSync(file);
  const image = await makeImage(kind, assets);
  mkdirSync(cacheFolder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, image);
  renameSync(draft, file);
  return image;
}

async function makeImage(kind: Kind, assets: Assets): Promise<Uint8Array> {
  const backend = await openMemory(assets.workerUrl, kind === 'blank' ? null : await cachedImage('blank', assets));
  if (kind === 'migrated') {
    const connection = await backend.owner();
    await migrate(connection, assets.migrationsFolder).finally(() => connection.release());
  }
  const image = (await backend.thread.send({ type: 'image' })) as Uint8Array;
  await backend.close();
  return image;
}

/** Changes with the migrations and with the way the engine is set up. */
export function fingerprint({ migrationsFolder }: Assets): string {
  const hash = createHash('sha256');
  const files = readdirSync(migrationsFolder).filter((file) => file.endsWith('.sql'));
  for (const file of files.toSorted()) hash.update(readFileSync(join(migrationsFolder, file)));
  hash.update(readFileSync(fileURLToPath(new URL('../embedded/engine.ts', import.meta.url))));
  hash.update(readFileSync(fileURLToPath(import.meta.resolve('@electric-sql/pglite'))));
  return hash.digest('hex').slice(0, 16);
}
