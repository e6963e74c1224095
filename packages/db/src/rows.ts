import type { SQL } from 'drizzle-orm';
import type { ScopedTx } from './scope.ts';

/** Runs hand-written SQL. Both drivers answer with `rows`; instants arrive as text. */
export async function rowsOf<Row>(tx: ScopedTx, query: SQL): Promise<readonly Row[]> {
  const result = (await tx.execute(query)) as { readonly rows: readonly Row[] };
  return result.rows;
}

/** An instant that is no column: a column knows by itself that it arrives as text. */
export function asInstant(value: SQL): SQL<Date> {
  return value.mapWith((text: string) => new Date(text));
}
