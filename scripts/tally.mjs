/** Counts what the runners of tests reported. Pure: a report goes in as text, or as null when there is none. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number, problem: string | null }} Tally
 *   `problem` says in words what a number can not: a failure that is no test's
 */

/** @returns {Tally} of vitest's JSON report */
export function tallyVitest(report) {
  return tally(report, ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, success }) => ({
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
    problem: success || numFailedTests > 0 ? null : 'the run failed outside of its tests',
  }));
}

/** @returns {Tally} of Playwright's JSON report; a test that passed only when repeated has failed */
export function tallyPlaywright(report) {
  return tally(report, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    problem: errors.length > 0 ? 'the run failed outside of its tests' : null,
  }));
}

function tally(report, read) {
  if (report === null) return failure('no report was written');
  let counted;
  try {
    counted = read(JSON.parse(report));
  } catch (error) {
    return failure(`the report cannot be read: ${error.message}`);
  }
  if (![counted.passed, counted.failed, counted.skipped].every(Number.isInteger))
    return failure('the report has no numbers');
  if (counted.passed + counted.failed === 0 && counted.problem === null) return failure('not one test was run');
  return counted.problem === null ? counted : { ...counted, failed: counted.failed + 1 };
}

function failure(problem) {
  return { passed: 0, failed: 1, skipped: 0, problem };
}
