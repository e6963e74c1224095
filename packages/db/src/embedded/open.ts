import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseUnavailable } from '../errors.ts';
import { EmbeddedBackend } from './backend.ts';
import { syncDirectory } from './durable-fs.ts';
import { lockFolder } from './lock.ts';
import { createInThread, Thread } from './thread.ts';

/** Opens the database in `folder`; makes it first when there is none. One process at a time. */
export async function openFolder(
  folder: string,
  workerUrl: URL,
  onProgress: (line: string) => void,
): Promise<EmbeddedBackend> {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(path);
  try {
    if (!existsSync(resolve(path, 'PG_VERSION'))) {
      onProgress(`Creating the database in ${folder} …`);
      await create(path, workerUrl);
    }
    const open = (): Thread => openThread(path, workerUrl);
    const thread = open();
    return new EmbeddedBackend(thread, await thread.version, { lock, open });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A database that is gone when it is closed; `image` is what an earlier one was like. */
export async function openMemory(workerUrl: URL, image: Uint8Array | null): Promise<EmbeddedBackend> {
  const thread = new Thread(workerUrl, { task: 'open', folder: null, image });
  return new EmbeddedBackend(thread, await thread.version);
}

/** Throws when there is no database in the folder (any more): the engine would make an empty one and serve that. */
export function openThread(path: string, workerUrl: URL): Thread {
  if (!existsSync(resolve(path, 'PG_VERSION'))) throw new DatabaseUnavailable(`The database in ${path} is gone.`);
  return new Thread(workerUrl, { task: 'open', folder: path, image: null });
}

/**
 * Under another name first, then renamed: a folder with the right name is complete. Whatever an interrupted attempt
 * left behind is removed; the lock on `path` keeps a second attempt away.
 */
async function create(path: string, workerUrl: URL): Promise<void> {
  if (readdirSync(path).length > 0) {
    throw new DatabaseUnavailable(`The folder ${path} holds other files: give the database an empty folder.`);
  }
  const draft = `${path}.creating`;
  rmSync(draft, { recursive: true, force: true });
  await createInThread(workerUrl, draft);
  rmdirSync(path);
  renameSync(draft, path);
  syncDirectory(dirname(path));
}
