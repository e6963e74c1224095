/** The linter accepts a configuration it does not understand without a word, so each rule that matters is shown a bug. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './repository.mjs';

const bugs = {
  'typescript(no-floating-promises)': [
    'export function save(): void { Promise.resolve(); }',
    'declare function insert(): PromiseLike<void>;\nexport function save(): void { insert(); }',
  ],
  'typescript(no-misused-promises)': ['export const names = [1].filter(async (each) => each > 0);'],
  'typescript(await-thenable)': ['export async function wait(): Promise<void> { await 1; }'],
  'typescript(no-explicit-any)': ['export const value: any = 1;'],
  'typescript(no-non-null-assertion)': ['export const first = [1][0]!;'],
  'typescript(switch-exhaustiveness-check)': [
    "export function say(kind: 'a' | 'b'): string {\n  switch (kind) {\n    case 'a':\n      return 'a';\n  }\n  return '';\n}",
  ],
  'typescript(consistent-type-imports)': ["import { Stats } from 'node:fs';\nexport type Entry = Stats;"],
  'import(no-default-export)': ['export default 1;'],
  'eslint(no-console)': ["console.log('here');\nexport {};"],
};
const cases = Object.entries(bugs).flatMap(([rule, sources]) => sources.map((source) => [rule, source]));

const folder = mkdtempSync(join(tmpdir(), 'atrium-lint-'));
let report;

beforeAll(() => {
  const options = {
    strict: true,
    module: 'preserve',
    target: 'es2023',
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  for (const [index, [, source]] of cases.entries()) writeFileSync(join(folder, `bug-${index}.ts`), source);
  writeFileSync(
    join(folder, 'cycle-one.ts'),
    "import { two } from './cycle-two.ts';\nexport const one = (): unknown => two;",
  );
  writeFileSync(
    join(folder, 'cycle-two.ts'),
    "import { one } from './cycle-one.ts';\nexport const two = (): unknown => one;",
  );
  writeFileSync(join(folder, 'Wrong_Name.ts'), 'export const value = 1;');
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '-c', join(root, '.oxlintrc.json'), '--format=json', '.'];
  report = JSON.parse(spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).stdout);
});
afterAll(() => rmSync(folder, { recursive: true }));

const rulesAgainst = (file) =>
  report.diagnostics.filter((each) => each.filename.endsWith(file)).map((each) => each.code);

test.each(cases.map((each, index) => [...each, index]))('%s finds: %s', (rule, _source, index) => {
  expect(rulesAgainst(`bug-${index}.ts`)).toContain(rule);
});

test('import(no-cycle) finds two files that import each other', () => {
  expect(rulesAgainst('cycle-one.ts')).toContain('import(no-cycle)');
});

test('unicorn(filename-case) finds a name that is not kebab-case', () => {
  expect(rulesAgainst('Wrong_Name.ts')).toContain('unicorn(filename-case)');
});
