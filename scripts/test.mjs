/**
 * `npm test`: installs and runs everything that CI runs, goes on after a failure, and ends with the line `N passed, N failed`.
 * A test counts as one, and so does a step that is no test, such as the linter. `pnpm test` is the short one: unit and integration
 * tests by turbo, cached.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { browserAdvice, provideBrowser } from './browser.mjs';
import { manifests } from './fingerprint.mjs';
import { postgresAdvice, providePostgres } from './postgres.mjs';
import { installWhenStale, PreparationFailed, requireNode } from './prepare.mjs';
import { stopwatch, withProgress } from './progress.mjs';
import { root, turbo } from './repository.mjs';
import { tallyPlaywright, tallyVitest } from './tally.mjs';

const minute = 60_000;
const concurrency = `--concurrency=${Math.max(2, Math.floor(availableParallelism() / 2))}`;

/** The packages whose tests open a database. */
const onDatabase = ['db', 'auth', 'api', 'server', 'testkit'];

const checks = [
  ['Types', ['run', 'typecheck', '--continue', '--output-logs=errors-only']],
  ['Lint', ['run', 'lint', 'lint:scripts', '--continue', '--output-logs=errors-only']],
  ['Boundaries of the packages', ['boundaries']],
  ['Layers of the imports', ['run', 'check:layers', '--output-logs=errors-only']],
  ['Unused code', ['run', 'check:unused', '--output-logs=errors-only']],
  ['Format', ['run', 'format:check', '--output-logs=errors-only']],
  ['Build', ['run', 'build', '--output-logs=errors-only']],
  ['Size of the bundle', ['run', 'size', '--output-logs=errors-only']],
];

const total = { passed: 0, failed: 0 };
const problems = [];
let database = null;

if (process.env.npm_config_user_agent?.startsWith('pnpm')) {
  const { code } = await turbo(['run', 'test', 'test:scripts', concurrency, ...process.argv.slice(2)]);
  process.exitCode = code;
} else {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void leave(signal));
  await everything();
}

async function everything() {
  const elapsed = stopwatch();
  if (await prepare()) {
    for (const [name, args] of checks) await check(name, args);
    await unitTests();
    await testsOnPostgres();
    await browserTests();
  }
  console.log(`\nEverything took ${elapsed()}.`);
  for (const problem of problems) console.log(`FAILED ${problem}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

async function prepare() {
  try {
    requireNode();
    await installWhenStale();
    return true;
  } catch (error) {
    if (!(error instanceof PreparationFailed)) throw error;
    fail(`Install: ${error.message}`);
    return false;
  }
}

/** A step that is no test: one passed or one failed. */
async function check(name, args) {
  const { code, output } = await withProgress(name, () => turbo(args, { output: 'collect', timeout: 5 * minute }));
  if (code === 0) return void (total.passed += 1);
  console.log(output);
  fail(name);
}

async function unitTests() {
  const members = manifests().filter((path) => path.endsWith('package.json'));
  await vitest('Tests', { folders: members.map(dirname), args: ['test', 'test:scripts'] });
}

async function testsOnPostgres() {
  database = await withProgress('Looking for PostgreSQL', () =>
    providePostgres().catch((error) => {
      console.error(error);
      return null;
    }),
  );
  if (database === null) {
    console.log(postgresAdvice);
    if (process.env.CI) fail('Tests on PostgreSQL: CI has to have one');
    return;
  }
  const filters = onDatabase.map((name) => `--filter=@atrium/${name}`);
  const folders = onDatabase.map((name) => join(root, name === 'server' ? 'apps' : 'packages', name));
  const env = { TEST_DATABASE_URL: database.url };
  await vitest('Tests on PostgreSQL', { folders, args: ['test', ...filters], env });
  await database.stop();
  database = null;
}

/** Runs the tests of packages without turbo's memory of earlier runs, then counts what each one reported. */
async function vitest(name, { folders, args, env = {} }) {
  const reports = folders.map((folder) => join(folder, 'test-results', 'vitest.json'));
  for (const report of reports) rmSync(report, { force: true });
  const command = ['run', ...args, '--force', '--continue', '--log-order=grouped', concurrency];
  const { code } = await withProgress(name, () => turbo(command, { env, timeout: 10 * minute }));
  const failedBefore = total.failed;
  for (const [index, report] of reports.entries()) {
    count(`${name}: ${folders[index].slice(root.length + 1) || 'scripts'}`, tallyVitest(contentOf(report)));
  }
  if (code !== 0 && total.failed === failedBefore) fail(`${name}: the run failed although every report is good`);
}

async function browserTests() {
  const browser = await provideBrowser();
  if (browser === null) return fail(`Browser tests: ${browserAdvice}`);
  const report = join(root, 'apps', 'web', 'test-results', 'playwright.json');
  rmSync(report, { force: true });
  const env = { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { code } = await withProgress('Browser tests', () => turbo(['run', 'e2e'], { env, timeout: 10 * minute }));
  const failedBefore = total.failed;
  count('Browser tests', tallyPlaywright(contentOf(report)));
  if (code !== 0 && total.failed === failedBefore) fail('Browser tests: the run failed although its report is good');
}

function count(name, { passed, failed, skipped, problem }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) problems.push(`${name}: ${failed}${problem === null ? '' : `, ${problem}`}`);
  if (skipped > 0) console.log(`${name}: ${skipped} skipped`);
}

function fail(problem) {
  total.failed += 1;
  problems.push(problem);
}

function contentOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Leaves nothing running behind when the run is broken off. */
async function leave(signal) {
  await database?.stop();
  process.exit(signal === 'SIGINT' ? 130 : 143);
}
