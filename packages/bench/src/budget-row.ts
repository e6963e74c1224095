import { percentile } from './percentile.ts';
import type { Row } from './report.ts';

/** Fewer rounds than this have no 99th percentile besides their worst one (nearest rank). */
const enough = 100;

/** How late something was in each round, ms, beside what it may take. What came early was not late: 0. */
export function budgetRow(what: string, times: readonly number[], budget: number): Row {
  const late = times.map((time) => Math.max(0, time));
  const [p50, p99, worst] = [percentile(late, 50), percentile(late, 99), percentile(late, 100)];
  const rounds = `of ${late.length} rounds`;
  const tail =
    late.length < enough
      ? `p99 ${p99.toFixed(1)} ms (the worst ${rounds})`
      : `p99 ${p99.toFixed(1)} ms ${rounds} (worst ${worst.toFixed(1)} ms)`;
  return { what, value: `p50 ${p50.toFixed(1)} ms, ${tail}`, baseline: `budget: ${budget} ms`, ratio: p99 / budget };
}
