import { defineConfig } from 'vitest/config';

/** Counts the hashing in the place of its library, so it shares no import with others. */
const mocking = ['src/account/accounts.test.ts'];
/** A database is started in tests as in hooks, which takes as long as the machine is busy. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

/** Files of one process share what they import, and the databases that wait in packages/db, except where one mocks. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...patience, name: 'shared', isolate: false, exclude: [...mocking, '**/node_modules/**'] } },
      { test: { ...patience, name: 'mocking', include: mocking } },
    ],
  },
});
