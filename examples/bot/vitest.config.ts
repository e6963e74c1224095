import { defineConfig } from 'vitest/config';

/** A real server and processes: patience, where a unit test would need none. */
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
