/**
 * `npm start`: from a fresh clone to a running server. Needs nothing but Node and npm.
 *
 * The server runs in this very process, so signals, the exit code and the terminal are its own.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWithParents } from './parents.mjs';
import { buildWhenStale, installWhenStale, PreparationFailed, requireNode } from './prepare.mjs';
import { root } from './repository.mjs';

try {
  requireNode();
  await installWhenStale();
  await buildWhenStale();
} catch (error) {
  if (!(error instanceof PreparationFailed)) throw error;
  console.error(error.message);
  process.exit(1);
}

const server = join(root, 'apps', 'server', 'dist', 'main.js');
process.env.DATA_DIR ??= join(root, 'data');
process.setSourceMapsEnabled(true);
process.argv[1] = server;
await import(pathToFileURL(server).href);
endWithParents();
