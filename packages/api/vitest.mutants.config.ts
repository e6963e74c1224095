import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['src/policy/mutants.check.ts'], hookTimeout: 30_000 } });
