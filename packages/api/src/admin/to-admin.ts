import type { AuditAction } from '@atrium/auth';
import type { FoundAuditEvent, FoundRoom, FoundUser } from '@atrium/db';
import type { RoomHub } from '@atrium/rooms';
import { Refusal } from '../refusal.ts';
import type { AdminAuditEvent, AdminRoom, AdminUser, AuditPerson, Page } from './wire.ts';

export const pageSize = 50;

export function toAdminUser(row: FoundUser): AdminUser {
  return {
    ...{ id: row.id, email: row.email, name: row.name, role: row.role, guest: row.isGuest },
    confirmed: row.confirmedAt !== null,
    disabledAt: textOf(row.disabledAt),
    deletesAt: textOf(row.deleteAfter),
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: textOf(row.lastSeenAt),
    ...{ sessions: row.sessions, rooms: row.rooms },
  };
}

export function toAdminRoom(row: FoundRoom, hub: RoomHub): AdminRoom {
  return {
    ...{ id: row.id, kind: row.kind, title: row.title, members: row.members, owners: row.owners, ver: row.ver },
    createdAt: row.createdAt.toISOString(),
    activeAt: row.activeAt.toISOString(),
    archived: row.archivedAt !== null,
    frozen: row.frozenAt !== null,
    public: row.isPublic,
    present: hub.people(row.id).length,
  };
}

export function toAdminAuditEvent(event: FoundAuditEvent): AdminAuditEvent {
  const { place, label, detail, result } = event;
  return {
    ...{ id: String(event.id), at: event.at.toISOString(), result, place, label, detail },
    // Rows are written through the audit trail alone, which takes no other action.
    action: event.action as AuditAction,
    user: personOf(event.userId, event.userName),
    actor: personOf(event.actorId, event.actorName),
  };
}

/** Where a page ended, as one line that the next call hands back. */
export function cursorOf({ createdAt, id }: { readonly createdAt: Date; readonly id: string }): string {
  return `${createdAt.toISOString()} ${id}`;
}

/** Null for the first page. */
export function readCursor(text: string | undefined): { readonly createdAt: Date; readonly id: string } | null {
  if (text === undefined) return null;
  const [at = '', id = ''] = text.split(' ');
  const createdAt = new Date(at);
  if (Number.isNaN(createdAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('INVALID_INPUT');
  return { createdAt, id };
}

/** Of one row more than a page holds. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  toItem: (row: Row) => Item,
  cursor: (row: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > pageSize && last !== undefined ? cursor(last) : null };
}

function personOf(id: string | null, name: string | null): AuditPerson | null {
  return id === null ? null : { id, name };
}

function textOf(at: Date | null): string | null {
  return at && at.toISOString();
}
