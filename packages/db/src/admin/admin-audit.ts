import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { auditEvents } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';
import type { AuditEvent } from '../audit/audit-event.ts';

/** What is left out, or null, is not asked for. */
export interface AuditSearch {
  /** Any of them; empty for every action. */
  readonly actions?: readonly string[];
  readonly result?: AuditEvent['result'] | null | undefined;
  /** Whom it is about, or who did it. */
  readonly person?: string | null | undefined;
  /** The room in its detail. */
  readonly room?: string | null | undefined;
  readonly from?: Date | null;
  /** Exclusive. */
  readonly to?: Date | null;
  /** Older than this event. */
  readonly before?: number | null;
  readonly most: number;
}

/** With what the people are called now; null for who is gone, or was nobody. */
export interface FoundAuditEvent extends AuditEvent {
  readonly userName: string | null;
  readonly actorName: string | null;
}

/** Newest first. System scope. */
export async function searchAuditEvents(tx: ScopedTx, search: AuditSearch): Promise<readonly FoundAuditEvent[]> {
  const { actions = [], result, person, room, from, to, before, most } = search;
  const [about, actor] = [alias(users, 'about'), alias(users, 'actor')];
  const conditions: readonly (SQL | undefined)[] = [
    actions.length === 0 ? undefined : inArray(auditEvents.action, [...actions]),
    result == null ? undefined : eq(auditEvents.result, result),
    person == null ? undefined : or(eq(auditEvents.userId, person), eq(auditEvents.actorId, person)),
    room == null ? undefined : sql`${auditEvents.detail} ->> 'room' = ${room}`,
    from == null ? undefined : gte(auditEvents.at, from),
    to == null ? undefined : lt(auditEvents.at, to),
    before == null ? undefined : lt(auditEvents.id, before),
  ];
  const rows = await tx
    .select({ event: auditEvents, userName: about.name, actorName: actor.name })
    .from(auditEvents)
    .leftJoin(about, eq(about.id, auditEvents.userId))
    .leftJoin(actor, eq(actor.id, auditEvents.actorId))
    .where(and(...conditions))
    .orderBy(desc(auditEvents.id))
    .limit(most);
  return rows.map(({ event, userName, actorName }) => ({ ...event, userName, actorName }));
}
