import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const serverFolder = fileURLToPath(new URL('../../../apps/server/', import.meta.url));

/** The server as `npm start` runs it, built from the source of this moment (1 s); without pages. */
export async function buildServer(): Promise<AsyncDisposable & { readonly main: string }> {
  // Inside the server's folder: the packages with binaries, which are not bundled, are looked for from there.
  const cache = join(serverFolder, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'atrium-test-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    // It looks for the pages in ../../web/dist: there are none.
    await mkdir(join(folder, 'web', 'dist'), { recursive: true });
    const outDir = join(folder, 'server', 'dist');
    const vite = join(dirname(createRequire(join(serverFolder, 'package.json')).resolve('vite/package.json')), 'bin');
    const args = [join(vite, 'vite.js'), 'build', '--outDir', outDir, '--logLevel', 'error'];
    await promisify(execFile)(process.execPath, args, { cwd: serverFolder });
    return { main: join(outDir, 'main.js'), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
