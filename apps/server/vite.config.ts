import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/**
 * Bundles the server with everything it needs but the two packages that carry binaries: dist/main.js starts with plain
 * `node`. The thread of the embedded database is an entry of its own; the migrations lie beside it.
 */
export default defineConfig({
  plugins: [migrations(), nativeSpread()],
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'src/main.ts', 'pglite-worker': '../../packages/db/src/embedded/worker.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external: ['@node-rs/argon2', '@electric-sql/pglite'] },
});

/**
 * tRPC is published with object spread written out for old engines, property by property, ten times for each call: a
 * quarter of all that a command allocates. Node spreads by itself, with the same result.
 */
function nativeSpread(): Plugin {
  const written = 'function _objectSpread2(';
  let isReplaced = false;
  return {
    name: 'atrium-native-spread',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('@trpc/server') || !code.includes(written)) return null;
      isReplaced = true;
      return {
        code: `${code.replace(written, 'function _replaced(')}\n${_objectSpread2.toString()}\n${isEmpty.toString()}\n`,
        map: null,
      };
    },
    buildEnd(error) {
      if (!error && !isReplaced) throw new Error('tRPC does not write spreads out any more: take this plugin away.');
    },
  };
}

/** What `{ ...a, ...b, ...c }` was written as: `a` or `b` is an empty literal in most calls, and one spread is fastest. */
function _objectSpread2(a: object, b: object, c?: object): object {
  if (c === undefined) return isEmpty(a) ? { ...b } : { ...a, ...b };
  return isEmpty(b) ? { ...a, ...c } : { ...a, ...b, ...c };
}

function isEmpty(object: object): boolean {
  for (const _key in object) return false;
  return true;
}

function migrations(): Plugin {
  const from = new URL('../../packages/db/migrations', import.meta.url);
  let outDir = '';
  return {
    name: 'atrium-migrations',
    apply: 'build',
    configResolved: ({ root, build }) => void (outDir = resolve(root, build.outDir)),
    closeBundle: () => cp(from, join(outDir, 'migrations'), { recursive: true }),
  };
}
