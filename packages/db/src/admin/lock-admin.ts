import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { sessions, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** Whoever calls was an administrator when the call began, and is none any more. */
export class NotAnAdministrator extends Error {
  constructor() {
    super('You are not an administrator any more.');
    this.name = 'NotAnAdministrator';
  }
}

/** An administrator and the session that they act by. */
export interface Acting {
  readonly userId: string;
  /** Public id. */
  readonly session: string;
}

/**
 * Begin every administrative change with it: whoever is lowered, disabled or signed out at this moment either waits for
 * this change or keeps it from happening. What members of a room see says that an administrator did it. System scope;
 * throws `NotAnAdministrator`.
 */
export async function lockAdmin(tx: ScopedTx, { userId, session }: Acting): Promise<void> {
  await takeTurn(tx);
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(sessions, and(eq(sessions.userId, users.id), eq(sessions.publicId, session)))
    .where(and(eq(users.id, userId), isAdmin, isNull(sessions.impersonatorId)))
    .for('share');
  if (rows.length === 0) throw new NotAnAdministrator();
  await tx.execute(sql`select set_config('app.by_administrator', 'on', true)`);
}

/**
 * The ids of all administrators who can sign in. Until the transaction is over nobody becomes one or stops being one, so
 * of two who lower each other the second sees what the first has done. System scope.
 */
export async function lockAdmins(tx: ScopedTx): Promise<readonly string[]> {
  await takeTurn(tx);
  const rows = await tx.select({ id: users.id }).from(users).where(isAdmin).orderBy(asc(users.id));
  return rows.map(({ id }) => id);
}

const isAdmin = and(eq(users.role, 'admin'), isNull(users.disabledAt));

/** One administrative change after the other, before any row is locked: two who change each other would wait for ever. */
async function takeTurn(tx: ScopedTx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('app.administrators'))`);
}
