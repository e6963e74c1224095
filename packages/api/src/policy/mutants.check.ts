/**
 * Takes each check of each procedure away, one at a time, and expects the row of matrix.md to be another one: a check that
 * could be removed without anybody noticing is none. `pnpm mutants`, some minutes; not a part of `pnpm test`.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { cellsOf, openMatrix } from '../testing/matrix-stage.ts';
import type { TestServices } from '../testing/test-services.ts';
import { policiesOf } from './assert-policies.ts';
import { readMatrix } from './matrix-table.ts';
import { mutantsOf, mutate } from './mutants.ts';

/**
 * Where there is a second lock that answers the same: row-level security (packages/db, access.test.ts, with raw SQL), and
 * for the new address that the link is of another account than a guest's (packages/auth, addresses.test.ts), for the
 * dashboard what ends it when somebody is lowered.
 */
const heldTwice: readonly string[] = [
  'account.confirmEmailChange without isAccount',
  'rooms.rename without role',
  'rooms.archive without role',
  'rooms.remove without role',
  'rooms.publish without role',
  'members.setRole without role',
  'admin.live without administrator',
];

const { rows } = readMatrix(readFileSync(new URL('matrix.md', import.meta.url), 'utf8'));

let kit: TestServices;
beforeAll(async () => {
  kit = await openMatrix();
});
afterAll(() => kit[Symbol.asyncDispose]());

const all = [...policiesOf(appRouter)].flatMap(([path, policy]) =>
  mutantsOf(policy).map((mutant) => ({ path, policy, mutant, name: `${path} without ${mutant.without}` })),
);

test.each(all)(
  '$name is noticed',
  async ({ path, policy, mutant, name }) => {
    const procedures = appRouter._def.procedures as unknown as Record<string, Parameters<typeof mutate>[0]>;
    const procedure = procedures[path];
    if (!procedure) throw new Error(`There is no ${path}.`);
    const restore = mutate(procedure, policy, mutant);
    try {
      const cells = await cellsOf(kit, path, policy);
      const isNoticed = JSON.stringify(cells) !== JSON.stringify(rows.get(path)?.cells);
      expect(isNoticed).toBe(!heldTwice.includes(name));
    } finally {
      restore();
    }
  },
  60_000,
);
