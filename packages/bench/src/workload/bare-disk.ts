import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Appends to a file and waits for the disk each time: the least that "it is on disk" can cost here. */
export async function startDisk(): Promise<AsyncDisposable & { append(text: string): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'atrium-disk-'));
  const file = await open(join(folder, 'log'), 'a');
  return {
    async append(text) {
      await file.write(text);
      await file.datasync();
    },
    async [Symbol.asyncDispose]() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
