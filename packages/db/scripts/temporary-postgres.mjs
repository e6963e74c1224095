// A PostgreSQL server that is thrown away: for running the test suite on the real thing.
//
//   node scripts/temporary-postgres.mjs            prints the URL and serves until it is interrupted
//   import { startTemporaryPostgres } from '…'     { url, stop } or null when this machine has no PostgreSQL
//
// The server runs in a temporary folder, listens on 127.0.0.1 only, on a free port, and asks for no password.
// PostgreSQL refuses to run as root: then it runs as the user `postgres`.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isRoot = process.getuid?.() === 0;
const startLimit = 30_000; // ms

/** @returns {Promise<{ url: string, stop: () => Promise<void> } | null>} */
export async function startTemporaryPostgres() {
  const binaries = findBinaries();
  if (binaries === null) return null;
  const folder = mkdtempSync('/tmp/atrium-postgres-');
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const data = join(folder, 'data');
  const made = spawnSync(
    ...asPostgres(join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']),
  );
  if (made.status !== 0) {
    remove();
    throw new Error(`initdb failed: ${made.stderr}`);
  }
  const port = await freePort();
  const settings = ['-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'max_connections=200'];
  const server = spawn(...asPostgres(join(binaries, 'postgres'), ['-D', data, ...settings]), { stdio: 'ignore' });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    // SIGINT: a fast shutdown, which closes the connections that are still open.
    spawnSync(...asPostgres(join(binaries, 'pg_ctl'), ['-D', data, '-m', 'fast', 'stop']));
    await exited;
    remove();
  };
  try {
    await untilReady(binaries, port, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
}

/** The newest server on this machine: PG_BINARIES, Debian's and Homebrew's folders, then the PATH. */
function findBinaries() {
  const versions = (folder, tail) =>
    existsSync(folder)
      ? readdirSync(folder)
          .toSorted((a, b) => parseFloat(b.replace(/^\D+/, '')) - parseFloat(a.replace(/^\D+/, '')))
          .map((version) => join(folder, version, tail))
      : [];
  const candidates = [
    process.env.PG_BINARIES ?? '',
    ...versions('/usr/lib/postgresql', 'bin'),
    ...versions('/opt/homebrew/opt', 'bin').filter((path) => path.includes('postgresql')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return (
    candidates.find(
      (folder) => folder !== '' && existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
    ) ?? null
  );
}

function asPostgres(command, args) {
  return isRoot ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
}

function idOf(flag) {
  return Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(binaries, port, server) {
  const deadline = Date.now() + startLimit;
  while (Date.now() < deadline && server.exitCode === null) {
    const probe = spawnSync(join(binaries, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]);
    if (probe.status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PostgreSQL did not start.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await startTemporaryPostgres();
  if (server === null) {
    console.error('No PostgreSQL found on this machine.');
    process.exit(1);
  }
  console.log(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
  setInterval(() => {}, 60_000);
}
