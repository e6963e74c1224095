import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Files of one process share what they import, and the databases that wait in packages/db.
    isolate: false,
    // A database is started in tests as in hooks, which takes as long as the machine is busy.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
