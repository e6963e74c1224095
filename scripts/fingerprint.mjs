/**
 * Remembers, by content, what an install or a build was made from, so that the next start can skip it. The marks lie in
 * node_modules/.cache: a fresh clone has none, and removing node_modules removes them.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './repository.mjs';

const madeByTools = new Set(['node_modules', 'dist', 'data', 'test-results', 'playwright-report', 'coverage']);

/** Every file below a folder that a person wrote, as absolute paths in a stable order. */
export function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || madeByTools.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** The manifests of the root, the apps, the packages and the examples, and the lock file: all that an install depends on. */
export function manifests() {
  const members = ['apps', 'packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name, 'package.json')),
  );
  return [...['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(root, name)), ...members];
}

/** One hash over the names and the contents of files; a file that is missing counts as such. */
export function fingerprint(paths) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}\0`);
  for (const path of paths)
    hash
      .update(`${relative(root, path)}\0`)
      .update(contentOf(path))
      .update('\0');
  return hash.digest('hex');
}

function contentOf(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'missing';
    throw error;
  }
}

const markPath = (name) => join(root, 'node_modules', '.cache', 'atrium', name);

/** True when the mark of that name was set with exactly this fingerprint. */
export function isMarked(name, value) {
  return String(contentOf(markPath(name))) === value;
}

export function mark(name, value) {
  mkdirSync(dirname(markPath(name)), { recursive: true });
  writeFileSync(markPath(name), value);
}
