import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Files of one process share the databases that wait in src/testing: starting one is most of a file's time.
    isolate: false,
    // Starting an engine takes a second on an idle machine, and longer on one that does other things.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
