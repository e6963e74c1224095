import { configDefaults, defineConfig } from 'vitest/config';

/** What is between the network and the client, whichever database is behind it: proved once, on the embedded one. */
const aboutTheNetwork = [
  'src/**',
  'test/lane-readers.test.ts',
  'test/presence-frames.test.ts',
  'test/reconnect.test.ts',
  'test/return.test.ts',
];
const isOnServer = (process.env['TEST_DATABASE_URL'] ?? '') !== '';

/** Real servers, and a data folder that is made anew: patience, where a unit test would need none. */
export default defineConfig({
  test: {
    // Files of one process share what they import, and the databases that wait in packages/db.
    isolate: false,
    // They wait for networks and clocks more than they work: two at a time, also on two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    exclude: [...configDefaults.exclude, ...(isOnServer ? aboutTheNetwork : [])],
  },
});
