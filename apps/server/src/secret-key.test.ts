import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from './env.ts';
import { secretKeys } from './secret-key.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'atrium-key-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('a key is made once, kept beside the database, and read by its owner alone', () => {
  const config = { ...readConfig({}), databaseUrl: folder };
  const [first] = secretKeys(config, false);
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(secretKeys(config, false)).toEqual([first]);
  expect(readFileSync(join(folder, 'secret-key'), 'utf8')).toBe(`${first}\n`);
  expect(statSync(join(folder, 'secret-key')).mode & 0o777).toBe(0o600);
});

test('what the environment says comes first, and nothing is written then', () => {
  const secret = 'x'.repeat(32);
  const config = { ...readConfig({ SECRET_KEY: `${secret},${'y'.repeat(40)}` }), databaseUrl: folder };
  expect(secretKeys(config, false)).toEqual([secret, 'y'.repeat(40)]);
  expect(() => statSync(join(folder, 'secret-key'))).toThrow('ENOENT');
});

test('a database that is forgotten has keys that are', () => {
  const config = { ...readConfig({}), databaseUrl: 'memory:' };
  expect(secretKeys(config, false)).not.toEqual(secretKeys(config, false));
});
