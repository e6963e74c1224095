import type { TokenPair } from '@atrium/client';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';

/** The file cannot be used; the message says what to do. */
export class BadTokenFile extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadTokenFile';
  }
}

/** `{"accessToken": "…", "refreshToken": "…"}`, readable for nobody but the owner of the file. Throws `BadTokenFile`. */
export function readTokenFile(path: string): TokenPair {
  const { accessToken, refreshToken } = parsed(path);
  if (typeof accessToken !== 'string' || typeof refreshToken !== 'string')
    throw new BadTokenFile(`${path} does not hold an accessToken and a refreshToken.`);
  return { accessToken, refreshToken };
}

function parsed(path: string): Readonly<Record<string, unknown>> {
  try {
    const isOpenToOthers = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
    if (isOpenToOthers) throw new BadTokenFile(`Others may read ${path}. Close it first: chmod 600 ${path}`);
    return (JSON.parse(readFileSync(path, 'utf8')) ?? {}) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof BadTokenFile) throw error;
    throw new BadTokenFile(`${path} cannot be read as JSON.`);
  }
}

/** Whole or not at all, and on disk when it returns: the old pair is worth nothing once the new one was used. */
export function writeTokenFile(path: string, { accessToken, refreshToken }: TokenPair): void {
  const draft = `${path}.next`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify({ accessToken, refreshToken })}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, path);
}
