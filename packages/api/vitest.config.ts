import { defineConfig } from 'vitest/config';

/** The database of a test is made once per machine, which takes as long as the machine is busy. */
export default defineConfig({ test: { hookTimeout: 30_000 } });
