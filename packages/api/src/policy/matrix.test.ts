import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { actors, cellsOf, openMatrix } from '../testing/matrix-stage.ts';
import type { TestServices } from '../testing/test-services.ts';
import { policiesOf } from './assert-policies.ts';
import { describePolicy } from './policy.ts';

/**
 * Runs every procedure as every actor and compares with matrix.md, which a person can read. A procedure without an input
 * in testing/matrix-inputs.ts, a row that changed, or a check that was removed turns this red.
 */
let kit: TestServices;
beforeAll(async () => {
  kit = await openMatrix();
});
afterAll(() => kit[Symbol.asyncDispose]());

test('every procedure answers every actor as matrix.md says', async () => {
  const lines = [`| procedure | policy | ${actors.join(' | ')} |`, `|---|---|${actors.map(() => '---').join('|')}|`];
  for (const [path, policy] of policiesOf(appRouter)) {
    const cells = await cellsOf(kit, path, policy);
    lines.push(`| ${path} | ${describePolicy(policy)} | ${cells.join(' | ')} |`);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./matrix.md');
}, 120_000);
