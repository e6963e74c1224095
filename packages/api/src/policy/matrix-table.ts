/** The matrix as a person reads it, and what is different in another one. Pure. */
export interface MatrixRow {
  readonly procedure: string;
  readonly policy: string;
  /** In the order of the actors. */
  readonly cells: readonly string[];
}

export function writeMatrix(actors: readonly string[], rows: readonly MatrixRow[]): string {
  const lines = [
    `| procedure | policy | ${actors.join(' | ')} |`,
    `|---|---|${actors.map(() => '---').join('|')}|`,
    ...rows.map(({ procedure, policy, cells }) => `| ${procedure} | ${policy} | ${cells.join(' | ')} |`),
  ];
  return `${lines.join('\n')}\n`;
}

export interface Matrix {
  readonly actors: readonly string[];
  readonly rows: ReadonlyMap<string, MatrixRow>;
}

export function readMatrix(text: string): Matrix {
  const [head = '', , ...lines] = text.trimEnd().split('\n');
  const rows = lines.map(cellsIn).map(([procedure = '', policy = '', ...cells]) => ({ procedure, policy, cells }));
  return { actors: cellsIn(head).slice(2), rows: new Map(rows.map((row) => [row.procedure, row])) };
}

/** One line for each answer, policy or row that is another one; empty when there is none. */
export function compareMatrices(before: Matrix, after: Matrix): string {
  const procedures = [...new Set([...before.rows.keys(), ...after.rows.keys()])];
  const actors = [...new Set([...before.actors, ...after.actors])];
  const differences = procedures.flatMap((procedure) => {
    const [was, is] = [before.rows.get(procedure), after.rows.get(procedure)];
    if (!was || !is) return [[procedure, 'the row', was ? 'there' : '–', is ? is.policy : '–']];
    const cell = ({ actors: all }: Matrix, { cells }: MatrixRow, actor: string) => cells[all.indexOf(actor)] ?? '–';
    const changes = actors.map((actor) => [procedure, actor, cell(before, was, actor), cell(after, is, actor)]);
    return [[procedure, 'the policy', was.policy, is.policy], ...changes].filter(([, , old, now]) => old !== now);
  });
  return differences.length === 0 ? '' : asTable([['procedure', 'actor', 'was', 'is'], ...differences]);
}

function cellsIn(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function asTable(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
