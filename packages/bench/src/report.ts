import { cpus } from 'node:os';

/** One line of the report. `ratio` is the value divided by its baseline, measured in the same run. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly baseline: string;
  readonly ratio: number;
}

/** The report as Markdown. */
export function report(rows: readonly Row[], opts: { database: string; at: Date }): string {
  const lines = rows.map(
    ({ what, value, baseline, ratio }) => `| ${what} | ${value} | ${baseline} | ${ratio.toFixed(2)}x |`,
  );
  return [
    `Measured on ${opts.at.toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), database: ${opts.database}.`,
    'Client and server share the machine and one process: read the ratios.',
    '',
    '| what | figure | beside it, same run | ratio |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}
