import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entryFiles } from './bundle.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-bundle-'));
  mkdirSync(join(folder, 'assets'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path, content) => writeFileSync(join(folder, path), content);
const paths = () => entryFiles(folder).map((each) => each.path);

test('the files of the page and all they import at once are counted, each once', () => {
  write(
    'index.html',
    '<link rel="stylesheet" href="/assets/a.css"><link rel="modulepreload" href="/assets/b.js"><script type="module" src="/assets/a.js"></script>',
  );
  write('assets/a.css', 'a{}');
  write('assets/a.js', 'import{x}from"./b.js";import"./c.js";const later=()=>import("./board.js");');
  write('assets/b.js', 'export const x=1;');
  write('assets/c.js', 'export*from"./b.js";export{y}from\'./d.js\';');
  write('assets/d.js', 'export const y=1;');
  write('assets/board.js', 'export const huge=1;');
  expect(paths().toSorted()).toEqual(['assets/a.css', 'assets/a.js', 'assets/b.js', 'assets/c.js', 'assets/d.js']);
});

test('sizes are those after gzip', () => {
  write('index.html', '<script type="module" src="/assets/a.js"></script>');
  write('assets/a.js', `export const text="${'a'.repeat(100_000)}";`);
  const [file] = entryFiles(folder);
  expect(file.bytes).toBeGreaterThan(50);
  expect(file.bytes).toBeLessThan(1_000);
});
