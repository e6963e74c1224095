/** What a browser loads before the first page shows: the files that index.html names, and all that they import at once. */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * @param {string} folder a built site
 * @returns {{ path: string, bytes: number }[]} each file once, with its size after gzip
 */
export function entryFiles(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/?([^":]+\.(?:js|css))"/g)].map((match) => match[1]);
  const seen = new Map();
  const visit = (path) => {
    if (seen.has(path)) return;
    const content = readFileSync(join(folder, path));
    seen.set(path, gzipSync(content).length);
    if (path.endsWith('.js')) for (const next of staticImports(String(content), path)) visit(next);
  };
  for (const path of named) visit(path);
  return [...seen].map(([path, bytes]) => ({ path, bytes }));
}

/** `import"./a.js"`, `import{b}from"./a.js"` and `export*from"./a.js"`; not `import("./a.js")`, which loads later. */
function staticImports(code, path) {
  const statements = /(?:\bimport|\bfrom)\s*["'](\.[^"']+\.js)["']/g;
  return [...code.matchAll(statements)].map((match) => posix.join(dirname(path), match[1]));
}
