/**
 * Brings a clone to the point where its programs can run: the right Node, the locked packages, the built applications.
 * Each step is skipped when nothing it depends on has changed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, filesBelow, isMarked, manifests, mark } from './fingerprint.mjs';
import { withProgress } from './progress.mjs';
import { root, run, turbo } from './repository.mjs';

const oldestNode = [20, 19];
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What `npm start` leaves with when a step before the server failed; the message says all there is to say. */
export class PreparationFailed extends Error {}

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new PreparationFailed(
    `Atrium needs Node.js ${oldestNode.join('.')} or newer, and this is ${version}. Get a newer one from https://nodejs.org.`,
  );
}

export async function installWhenStale() {
  const wanted = fingerprint(manifests());
  if (isMarked('installed', wanted)) return;
  const { code, output } = await withProgress('Installing packages', installLocked);
  if (code !== 0) throw new PreparationFailed(`${output}\nThe packages could not be installed.`);
  mark('installed', wanted);
}

/** The pnpm of an earlier install when it is the right one, otherwise through npx, which every Node brings along. */
function installLocked() {
  const args = ['install', '--frozen-lockfile', '--reporter=append-only', '--config.confirm-modules-purge=false'];
  const local = join(root, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  if (existsSync(local)) return run(process.execPath, [local, ...args], { output: 'collect' });
  return run('npx', ['--yes', packageManager, ...args], { output: 'collect' });
}

export async function buildWhenStale() {
  const sources = ['apps', 'packages'].flatMap((folder) => filesBelow(join(root, folder)));
  const wanted = fingerprint([...sources, ...manifests(), join(root, 'tsconfig.base.json')]);
  const built = ['apps/server/dist/main.js', 'apps/web/dist/index.html'].every((path) => existsSync(join(root, path)));
  if (built && isMarked('built', wanted)) return;
  const { code, output } = await withProgress('Building the server and the pages', () =>
    turbo(['run', 'build', '--output-logs=errors-only'], { output: 'collect' }),
  );
  if (code !== 0) throw new PreparationFailed(`${output}\nThe build failed.`);
  mark('built', wanted);
}
