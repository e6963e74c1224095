import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/**
 * On whose behalf the data is touched. `user`: the role `app_user`, sees what row-level security lets this user see.
 * `system`: the role `app_system`, sees everything; `reason` is a short constant that says why, and the list of
 * places that may use it is system-doors.ts.
 */
export type Scope = { readonly user: string } | { readonly system: string };

declare const scoped: unique symbol;

/** A transaction inside a scope: the only thing that repository functions accept. */
export type ScopedTx = PgDatabase<PgQueryResultHKT, Record<string, never>> & { readonly [scoped]: Scope };
