import type { DatabaseName } from './database-name.ts';

/** Everything behind this line of the page is written by the bench. */
const begin = '<!-- figures -->\n';
const marked = /^<!-- (\w+) (embedded|postgresql) -->\n([^]*?)\n<!-- \/\1 \2 -->$/gm;
const headings: Readonly<Record<DatabaseName, string>> = {
  embedded: '## Embedded database, in a folder',
  postgresql: '## PostgreSQL',
};

/** What one workload measured on one database. */
export interface Section {
  readonly workload: string;
  readonly database: DatabaseName;
  /** Markdown. */
  readonly text: string;
}

/** The page with these sections in place of the older ones, in the order of `workloads`; all others stay. */
export function withSections(page: string, fresh: readonly Section[], workloads: readonly string[]): string {
  const sections = new Map([...sectionsOf(page), ...fresh].map((section) => [keyOf(section), section]));
  const parts = Object.keys(headings).flatMap((name) => {
    const database = name as DatabaseName;
    const known = workloads.flatMap((workload) => sections.get(keyOf({ workload, database })) ?? []);
    return known.length === 0 ? [] : [headings[database], ...known.map(write)];
  });
  const head = page.slice(0, page.indexOf(begin) + begin.length);
  return `${[head.trimEnd(), ...parts].join('\n\n')}\n`;
}

function sectionsOf(page: string): Section[] {
  return [...page.matchAll(marked)].map(([, workload = '', database, text = '']) => ({
    workload,
    database: database as DatabaseName,
    text: text.replace(/^\s*### \w+\n/, '').trim(),
  }));
}

function write({ workload, database, text }: Section): string {
  return [`<!-- ${workload} ${database} -->`, `### ${workload}`, text, `<!-- /${workload} ${database} -->`].join(
    '\n\n',
  );
}

function keyOf({ workload, database }: Pick<Section, 'workload' | 'database'>): string {
  return `${workload} ${database}`;
}
