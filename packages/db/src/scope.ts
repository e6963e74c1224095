import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { SystemDoor } from './system-doors.ts';

/**
 * On whose behalf the data is touched. `user`: the role `app_user`, sees what row-level security lets this user see
 * (the id is a UUID). `system`: the role `app_system`, sees everything; system-doors.ts lists who may and why.
 */
export type Scope = { readonly user: string } | { readonly system: SystemDoor };

declare const scoped: unique symbol;

/** A transaction inside a scope: the only thing that repository functions accept. */
export type ScopedTx = PgDatabase<PgQueryResultHKT, Record<string, never>> & { readonly [scoped]: Scope };
