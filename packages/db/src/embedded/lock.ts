import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseUnavailable } from '../errors.ts';

/** Held until `release`, or until the process is gone, however it went. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Makes sure that one process has the folder: two would both open it and lose each other's rows. A listening socket
 * without a file (Linux) or a named pipe (Windows) vanishes with its process; elsewhere a file with the pid, taken
 * over only when that process is gone. Throws `DatabaseUnavailable` with the holder's pid.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const name = `atrium-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`;
  switch (process.platform) {
    case 'linux':
      return await lockByAddress(`\0${name}`, folder);
    case 'win32':
      return await lockByAddress(`\\\\.\\pipe\\${name}`, folder);
    default:
      return lockByFile(join(folder, '..', `.${name}.pid`), folder);
  }
}

async function lockByAddress(address: string, folder: string): Promise<FolderLock> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(String(process.pid));
  });
  server.unref();
  if (!(await isListening(server, address))) throw taken(folder, await askHolder(address));
  return { release: async () => await new Promise((resolve) => void server.close(() => resolve())) };
}

async function isListening(server: Server, address: string): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(address, () => resolve(true));
  });
}

async function askHolder(address: string): Promise<string> {
  return await new Promise((resolve) => {
    let pid = '';
    const socket = connect(address);
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on('data', (chunk) => (pid += chunk.toString()));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(pid === '' ? 'unknown' : pid));
  });
}

function lockByFile(path: string, folder: string): FolderLock {
  for (;;) {
    try {
      const descriptor = openSync(path, 'wx');
      writeSync(descriptor, String(process.pid));
      closeSync(descriptor);
      return { release: async () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(readFileSync(path, 'utf8'));
      if (!Number.isInteger(pid) || pid <= 0 || isAlive(pid)) throw taken(folder, String(pid || 'unknown'));
      rmSync(path, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function taken(folder: string, pid: string): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `The database in ${folder} is open in another process (pid ${pid}). ` +
      'Stop that process, or set DATABASE_URL to a PostgreSQL server, which several processes can share.',
  );
}
