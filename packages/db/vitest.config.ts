import { configDefaults, defineConfig } from 'vitest/config';

const isOnServer = (process.env['TEST_DATABASE_URL'] ?? '') !== '';

export default defineConfig({
  test: {
    // Files of one process share the databases that wait in src/testing: starting one is most of a file's time.
    isolate: false,
    // Starting an engine takes a second on an idle machine, and longer on one that does other things.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The embedded engine itself is the same, whichever server the other tests run on.
    exclude: [...configDefaults.exclude, ...(isOnServer ? ['src/embedded/**'] : [])],
  },
});
