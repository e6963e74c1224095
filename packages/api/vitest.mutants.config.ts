import { defineConfig } from 'vitest/config';

/** Where a check was taken away, what is done behind the answer for somebody who does not exist may fail. */
export default defineConfig({
  test: { include: ['src/policy/mutants.check.ts'], hookTimeout: 30_000, dangerouslyIgnoreUnhandledErrors: true },
});
