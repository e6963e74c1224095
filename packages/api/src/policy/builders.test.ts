import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('only the builders with a policy, and the one that groups them, start from the bare instance', () => {
  const source = join(import.meta.dirname, '..');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const importers = files.filter((file) => /from '\.{1,2}\/trpc\.ts'/.test(readFileSync(join(source, file), 'utf8')));
  expect(importers.toSorted()).toEqual(['policy/procedure.ts', 'router-builder.ts']);
  const inits = files.filter((file) => readFileSync(join(source, file), 'utf8').includes(`from '@trpc/server'`));
  const makers = inits.filter((file) => readFileSync(join(source, file), 'utf8').includes('initTRPC'));
  expect(makers.toSorted()).toEqual([
    'policy/assert-policies.test.ts',
    'policy/builders.test.ts',
    'room/queued-events.test.ts',
    'trpc.ts',
  ]);
});
