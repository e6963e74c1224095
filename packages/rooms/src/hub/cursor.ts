import type { RoomKind } from '../kind/room-kind.ts';
import type { Role } from '../kind/role.ts';

/** Where a viewer stands: `epoch:ver:viewKey`, the tracked id of every event. */
export interface Cursor {
  readonly epoch: number;
  readonly ver: number;
  readonly viewKey: string;
}

/** Names what a viewer may see: a cursor with another key cannot be continued by diffs. */
export function viewKeyOf(kind: RoomKind, role: Role): string {
  return `${kind.name}.${kind.version}.${role}`;
}

export function writeCursor({ epoch, ver, viewKey }: Cursor): string {
  return `${epoch}:${ver}:${viewKey}`;
}

/** Null for anything that is no cursor: the viewer then starts from a snapshot. */
export function readCursor(text: string | undefined): Cursor | null {
  const match = /^(\d{1,15}):(\d{1,15}):([a-z0-9.-]{1,80})$/.exec(text ?? '');
  if (match === null) return null;
  const [, epoch, ver, viewKey] = match;
  return { epoch: Number(epoch), ver: Number(ver), viewKey: viewKey ?? '' };
}

/** True when the cursor's viewer has seen more than a room at `place` holds. */
export function isAhead(cursor: Cursor, place: Pick<Cursor, 'epoch' | 'ver'>): boolean {
  return cursor.epoch > place.epoch || (cursor.epoch === place.epoch && cursor.ver > place.ver);
}
