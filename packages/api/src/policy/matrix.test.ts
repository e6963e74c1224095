import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { actors } from '../testing/matrix-actors.ts';
import { cellsOf, openMatrix } from '../testing/matrix-stage.ts';
import type { TestServices } from '../testing/test-services.ts';
import { policiesOf } from './assert-policies.ts';
import { compareMatrices, type MatrixRow, readMatrix, writeMatrix } from './matrix-table.ts';
import { describePolicy } from './policy.ts';

/**
 * Runs every procedure as every actor and compares with matrix.md, which a person can read. A procedure without an input
 * in testing/matrix-inputs.ts, a row that changed, or a check that was removed turns this red, with a table of what is
 * different. `pnpm vitest run -u` writes the file anew.
 */
let kit: TestServices;
beforeAll(async () => {
  kit = await openMatrix();
});
afterAll(() => kit[Symbol.asyncDispose]());

test('every procedure answers every actor as matrix.md says', async () => {
  const rows: MatrixRow[] = [];
  for (const [procedure, policy] of policiesOf(appRouter)) {
    rows.push({ procedure, policy: describePolicy(policy), cells: await cellsOf(kit, procedure, policy) });
  }
  const now = writeMatrix(actors, rows);
  const before = readMatrix(readFileSync(new URL('matrix.md', import.meta.url), 'utf8'));
  try {
    await expect(now).toMatchFileSnapshot('./matrix.md');
  } catch (error) {
    const table = compareMatrices(before, readMatrix(now));
    throw new Error(`What the procedures answer is not what matrix.md says:\n\n${table}\n`, { cause: error });
  }
}, 120_000);
