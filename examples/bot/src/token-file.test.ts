import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTokenFile, writeTokenFile } from './token-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'atrium-bot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'token.json');
const pair = { accessToken: 'a', refreshToken: 'r' };

test('a pair that is written is read again, by its owner alone, and no draft stays behind', () => {
  writeTokenFile(path, { accessToken: 'old', refreshToken: 'old' });
  writeTokenFile(path, pair);
  expect(readTokenFile(path)).toEqual(pair);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['token.json']);
});

test('a file that others may read, that is missing, or that holds something else is refused with a sentence', () => {
  chmodSync(path, 0o644);
  expect(() => readTokenFile(path)).toThrow('chmod 600');
  expect(() => readTokenFile(join(folder, 'nothing'))).toThrow('cannot be read');
  for (const text of ['', '{}', 'null', '{"accessToken":1,"refreshToken":2}']) {
    writeFileSync(join(folder, 'other.json'), text, { mode: 0o600 });
    expect(() => readTokenFile(join(folder, 'other.json'))).toThrow(/cannot be read|does not hold/);
  }
});
