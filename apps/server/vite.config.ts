import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/**
 * Bundles the server with everything it needs but the two packages that carry binaries: dist/main.js starts with plain
 * `node`. The thread of the embedded database is an entry of its own; the migrations lie beside it.
 */
export default defineConfig({
  plugins: [migrations()],
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

function migrations(): Plugin {
  const from = new URL('../../packages/db/migrations', import.meta.url);
  let outDir = '';
  return {
    name: 'atrium-migrations',
    configResolved: ({ root, build }) => void (outDir = resolve(root, build.outDir)),
    closeBundle: () => cp(from, join(outDir, 'migrations'), { recursive: true }),
  };
}
