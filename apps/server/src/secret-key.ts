import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './env.ts';

/**
 * What the server's secret box is made of: what the environment says, or else what an earlier start left in the data
 * folder beside the embedded database, or else something new, which is left there. Call it once the folder is open: the
 * database's lock keeps a second process away. A database that is forgotten has secrets that are.
 */
export function secretKeys({ secretKeys: given, databaseUrl }: Config, isElsewhere: boolean): readonly string[] {
  if (given.length > 0) return given;
  if (isElsewhere || databaseUrl === 'memory:') return [newKey()];
  const file = join(databaseUrl, 'secret-key');
  if (!existsSync(file)) writeKey(file, newKey());
  return [readFileSync(file, 'utf8').trim()];
}

function newKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Whole or not at all: half a key would be read as another one, and everything sealed with the first would be lost. */
function writeKey(file: string, key: string): void {
  const draft = `${file}.creating`;
  const handle = openSync(draft, 'w', 0o600);
  writeSync(handle, `${key}\n`);
  fsyncSync(handle);
  closeSync(handle);
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
