/**
 * Fails when the JavaScript that the front page needs (the entry, the landing page and what both import) weighs more
 * than the budget. Reads what `vite build` left in dist.
 */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

const budget = 150 * 1024;
const dist = new URL('../dist/', import.meta.url);
const roots = ['index.html', 'src/landing/landing-page.tsx'];

const manifest = JSON.parse(await readFile(new URL('.vite/manifest.json', dist), 'utf8'));

/** The chunk and everything that it imports statically. */
function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`dist has no chunk for ${key}`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const imported of chunk.imports ?? []) closure(imported, seen);
  return seen;
}

const files = new Set(roots.flatMap((root) => [...closure(root)]));
let total = 0;
for (const file of files) {
  const size = gzipSync(await readFile(new URL(file, dist)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} kB gzip  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} kB gzip  of ${budget / 1024} kB`);
if (total > budget) {
  console.error('The front page needs more JavaScript than its budget.');
  process.exitCode = 1;
}
