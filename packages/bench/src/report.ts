import { cpus } from 'node:os';
import type { DatabaseName } from './database-name.ts';

/** One line of the report. `ratio` is the value divided by its baseline, measured in the same run. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly baseline: string;
  readonly ratio: number;
}

const titles = ['what', 'figure', 'beside it, same run', 'ratio'];

/** What one workload measured, as Markdown: the command that measures it again, the machine, the table. */
export function report(
  rows: readonly Row[],
  opts: { readonly workload: string; readonly database: DatabaseName; readonly at: Date },
): string {
  const command = `${opts.database === 'postgresql' ? 'TEST_DATABASE_URL=postgres://… ' : ''}pnpm bench ${opts.workload}`;
  return [`\`${command}\` · ${opts.at.toISOString().slice(0, 10)} · ${machine()}`, '', ...table(rows)].join('\n');
}

/** `Node 20.20.2, 2 cores (AMD EPYC)` */
function machine(): string {
  return `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`;
}

/** As wide as the formatter makes it, so that a new figure changes nothing but its own lines. */
function table(rows: readonly Row[]): string[] {
  const cells = rows.map(({ what, value, baseline, ratio }) => [what, value, baseline, `${ratio.toFixed(2)}x`]);
  const widths = titles.map((title, column) =>
    Math.max(...[title, ...cells.map((row) => row[column] ?? '')].map((text) => text.length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)];
}
