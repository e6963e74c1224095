import { defineConfig } from 'vitest/config';

/** A database is started in tests as in hooks, which takes as long as the machine is busy. */
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
