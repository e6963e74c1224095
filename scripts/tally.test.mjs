import { expect, test } from 'vitest';
import { tallyPlaywright, tallyVitest } from './tally.mjs';

const vitest = (numbers) =>
  JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    success: true,
    ...numbers,
  });
const playwright = (stats, errors = []) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

test('the numbers of a report are taken over', () => {
  const report = vitest({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, success: false });
  expect(tallyVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 1, problem: null });
  expect(tallyPlaywright(playwright({ expected: 3, unexpected: 1, skipped: 2 }))).toEqual({
    passed: 3,
    failed: 1,
    skipped: 2,
    problem: null,
  });
});

test.each([tallyVitest, tallyPlaywright])('no report, half a report and an empty report have failed: %o', (tally) => {
  expect(tally(null)).toMatchObject({ failed: 1, problem: 'no report was written' });
  expect(tally('{"numPassed')).toMatchObject({ failed: 1 });
  expect(tally('{}')).toMatchObject({ failed: 1 });
});

test('a run without a test has failed', () => {
  expect(tallyVitest(vitest({}))).toMatchObject({ failed: 1, problem: 'not one test was run' });
  expect(tallyPlaywright(playwright({}))).toMatchObject({ failed: 1, problem: 'not one test was run' });
});

test('a file that could not be loaded is a failure although every test passed', () => {
  expect(tallyVitest(vitest({ numPassedTests: 4, success: false }))).toMatchObject({ passed: 4, failed: 1 });
  expect(tallyPlaywright(playwright({ expected: 4 }, [{}]))).toMatchObject({ passed: 4, failed: 1 });
});

test('a test that passed only when repeated has failed', () => {
  expect(tallyPlaywright(playwright({ expected: 4, flaky: 1 }))).toMatchObject({ passed: 4, failed: 1 });
});
