import { startServerOn, startTestServer } from '@atrium/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const unpaced = { commandsPerSecond: 1_000_000 };

/** A server whose acknowledgements are on a real disk: the embedded database in a folder, or PostgreSQL. */
export async function startDurableServer(): Promise<AsyncDisposable & { url: string }> {
  if (process.env['TEST_DATABASE_URL']) return startTestServer(unpaced);
  const folder = await mkdtemp(join(tmpdir(), 'atrium-bench-'));
  const server = await startServerOn(join(folder, 'data'), unpaced);
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
