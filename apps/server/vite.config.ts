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
    transform(code, id) {
      if (!id.includes('@trpc/server') || !code.includes(written)) return null;
      isReplaced = true;
      const native =
        'function _objectSpread2(...sources) { return sources.reduce((all, one) => ({ ...all, ...one })); }';
      return { code: `${code.replace(written, 'function _replaced(')}\n${native}\n`, map: null };
    },
    buildEnd(error) {
      if (!error && !isReplaced) throw new Error('tRPC does not write spreads out any more: take this plugin away.');
    },
  };
}

function migrations(): Plugin {
  const from = new URL('../../packages/db/migrations', import.meta.url);
  let outDir = '';
  return {
    name: 'atrium-migrations',
    configResolved: ({ root, build }) => void (outDir = resolve(root, build.outDir)),
    closeBundle: () => cp(from, join(outDir, 'migrations'), { recursive: true }),
  };
}
