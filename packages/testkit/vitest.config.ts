import { defineConfig } from 'vitest/config';

/** Real servers, and a data folder that is made anew: patience, where a unit test would need none. */
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
