/**
 * Runs the workloads named on the command line, or all, one after the other; prints what they measured and puts it
 * into docs/benchmarks.md in place of their older figures.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { databaseName } from './database-name.ts';
import { type Section, withSections } from './figures-page.ts';
import { report } from './report.ts';
import { type Workload, workloads } from './workloads.ts';

const target = new URL('../../../docs/benchmarks.md', import.meta.url);
const database = databaseName();
const names = Object.keys(workloads);
const wanted = process.argv.slice(2).filter((name) => name !== '--');

const sections: Section[] = [];
for (const [workload, run] of chosen()) {
  console.log(`${workload} …`);
  const rows = await run();
  if (rows.length === 0) continue;
  const text = report(rows, { workload, database, at: new Date() });
  sections.push({ workload, database, text });
  console.log(`\n${text}\n`);
}
await writeFile(target, withSections(await readFile(target, 'utf8'), sections, names));
process.exit(0);

function chosen(): readonly (readonly [string, Workload])[] {
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no workload ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
    process.exit(1);
  }
  return Object.entries(workloads).filter(([name]) => wanted.length === 0 || wanted.includes(name));
}
