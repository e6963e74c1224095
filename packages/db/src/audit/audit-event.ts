import { and, desc, eq, lt } from 'drizzle-orm';
import { auditEvents } from '../schema/identity-tables.ts';
import type { ScopedTx } from '../scope.ts';

export type AuditEvent = typeof auditEvents.$inferSelect;
export type NewAuditEvent = typeof auditEvents.$inferInsert;

/** System scope. The row stays for good. */
export async function insertAuditEvent(tx: ScopedTx, event: NewAuditEvent): Promise<void> {
  await tx.insert(auditEvents).values(event);
}

/** Newest first, at most `most`, older than the event `before`. Either scope. */
export async function listAuditEvents(
  tx: ScopedTx,
  { userId, before, most }: { readonly userId: string; readonly before: number | null; readonly most: number },
): Promise<readonly AuditEvent[]> {
  return await tx
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.userId, userId), before === null ? undefined : lt(auditEvents.id, before)))
    .orderBy(desc(auditEvents.id))
    .limit(most);
}
