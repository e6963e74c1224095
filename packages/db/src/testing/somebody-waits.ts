import { sql } from 'drizzle-orm';
import { rowsOf } from '../rows.ts';
import type { ScopedTx } from '../scope.ts';

/** Resolves when a connection waits for a lock of this one; rejects when none does. */
export async function somebodyWaitsFor(tx: ScopedTx): Promise<void> {
  const waiting = sql`select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`;
  const patience = Date.now() + 2_000;
  while ((await rowsOf(tx, waiting)).length === 0) {
    if (Date.now() > patience) throw new Error('Nobody waits for this transaction.');
  }
}
