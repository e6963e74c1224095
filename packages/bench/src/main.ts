import { readFile, writeFile } from 'node:fs/promises';
import { report, type Row } from './report.ts';
import { acknowledge } from './workload/acknowledge.ts';
import { fanOut200, fanOut1000, fanOut3000, fanOutBursts, fanOutClosedLoop } from './workload/fan-out.ts';
import { fanOutMemory } from './workload/fan-out-memory.ts';
import { fanOutStalled } from './workload/fan-out-stalled.ts';
import { revocation } from './workload/revocation.ts';
import { startUp } from './workload/start-up.ts';
import { throughput } from './workload/throughput.ts';

/**
 * Runs the workloads one after the other, prints the table and puts it into docs/benchmarks.md. With
 * arguments only those whose names begin with one of them run, and nothing is written.
 */
const workloads = {
  startUp,
  acknowledge,
  throughput,
  revocation,
  fanOut200,
  fanOut1000,
  fanOut3000,
  fanOutClosedLoop,
  fanOutBursts,
  fanOutMemory,
  fanOutStalled,
};
const wanted = process.argv.slice(2).filter((name) => name !== '--');
const target = new URL('../../../docs/benchmarks.md', import.meta.url);
const isPostgres = Boolean(process.env['TEST_DATABASE_URL']);
const section = isPostgres ? 'postgresql' : 'embedded';

const rows: Row[] = [];
for (const [name, run] of Object.entries(workloads)) {
  if (wanted.length > 0 && !wanted.some((part) => name.startsWith(part))) continue;
  console.log(`${name} …`);
  rows.push(...(await run()));
}
const table = report(rows, {
  database: isPostgres ? 'PostgreSQL' : 'embedded, in a folder (revocations: in memory)',
  at: new Date(),
});
console.log(`\n${table}`);
if (wanted.length > 0) process.exit(0);
const page = await readFile(target, 'utf8');
const marked = new RegExp(`(<!-- ${section} -->\n)[^]*?(<!-- /${section} -->)`);
await writeFile(target, page.replace(marked, `$1${table}$2`));
process.exit(0);
