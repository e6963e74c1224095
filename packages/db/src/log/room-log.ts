import { and, asc, eq, gt, lt, lte } from 'drizzle-orm';
import type { RoomBatch, RoomLog, RoomSnapshot } from '@atrium/rooms';
import type { Database } from '../database.ts';
import { roomBatches, roomSnapshots } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** The rooms' history in the database. `append` to a room that does not exist rejects with `QueryFailed` (23503). */
export function roomLog(withScope: Database['withScope'], append: RoomLog['append']): RoomLog {
  const inScope = async <T>(run: (tx: ScopedTx) => Promise<T>): Promise<T> =>
    await withScope({ system: 'room-log' }, run);
  return {
    append,
    read: async (...range) => await inScope(async (tx) => await read(tx, ...range)),
    loadSnapshot: async (roomId) => await inScope(async (tx) => await loadSnapshot(tx, roomId)),
    saveSnapshot: async (snapshot) => await inScope(async (tx) => await saveSnapshot(tx, snapshot)),
    compact: async (...limits) => await inScope(async (tx) => await compact(tx, ...limits)),
  };
}

async function read(
  tx: ScopedTx,
  ...[roomId, after, limit]: Parameters<RoomLog['read']>
): Promise<readonly RoomBatch[]> {
  return await tx
    .select()
    .from(roomBatches)
    .where(and(eq(roomBatches.roomId, roomId), gt(roomBatches.ver, after)))
    .orderBy(asc(roomBatches.ver))
    .limit(limit);
}

async function loadSnapshot(tx: ScopedTx, roomId: string): Promise<RoomSnapshot | null> {
  const rows = await tx.select().from(roomSnapshots).where(eq(roomSnapshots.roomId, roomId));
  return rows[0] ?? null;
}

async function saveSnapshot(tx: ScopedTx, { roomId, ...columns }: RoomSnapshot): Promise<void> {
  await tx
    .insert(roomSnapshots)
    .values({ roomId, ...columns })
    .onConflictDoUpdate({
      target: roomSnapshots.roomId,
      set: columns,
      setWhere: lte(roomSnapshots.ver, columns.ver),
    });
}

async function compact(
  tx: ScopedTx,
  ...[roomId, keepAfterVer, keepAfterTime]: Parameters<RoomLog['compact']>
): Promise<void> {
  await tx
    .delete(roomBatches)
    .where(and(eq(roomBatches.roomId, roomId), lte(roomBatches.ver, keepAfterVer), lt(roomBatches.at, keepAfterTime)));
}
