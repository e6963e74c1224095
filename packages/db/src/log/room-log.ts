import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm';
import type { RoomBatch, RoomLog, RoomSnapshot } from '@atrium/rooms';
import type { Database } from '../database.ts';
import { rowsOf } from '../rows.ts';
import { roomBatches, roomSnapshots } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

/** The rooms' history in the database. `append` to a room that does not exist rejects with `QueryFailed` (23503). */
export function roomLog(withScope: Database['withScope']): RoomLog {
  const inScope = async <T>(run: (tx: ScopedTx) => Promise<T>): Promise<T> =>
    await withScope({ system: 'room-log' }, run);
  return {
    append: async (batch) => {
      const isWritten = await inScope(async (tx) => await append(tx, batch));
      return isWritten ? { ok: true } : { ok: false, reason: 'conflict' };
    },
    read: async (...range) => await inScope(async (tx) => await read(tx, ...range)),
    loadSnapshot: async (roomId) => await inScope(async (tx) => await loadSnapshot(tx, roomId)),
    saveSnapshot: async (snapshot) => await inScope(async (tx) => await saveSnapshot(tx, snapshot)),
    compact: async (...limits) => await inScope(async (tx) => await compact(tx, ...limits)),
  };
}

/**
 * The safety rule in one statement: the row appears only behind the predecessor it was computed from, which is the
 * snapshot when the log was compacted up to it. The primary key decides between two writers of the same version; the
 * loser inserts nothing. The batch travels as one parameter.
 */
async function append(tx: ScopedTx, batch: RoomBatch): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    sql`
      insert into room_batch (room_id, ver, epoch, batch_id, prev_hash, hash, node, at, diff, commands)
      select * from jsonb_to_record(${JSON.stringify(batch)}::jsonb) as new (
        "roomId" uuid, ver bigint, epoch int, "batchId" uuid, "prevHash" text, hash text, node text, at bigint,
        diff jsonb, commands jsonb)
      where exists (
          select from room_batch prev
          where prev.room_id = new."roomId" and prev.ver = new.ver - 1 and prev.hash = new."prevHash")
        or exists (
          select from room_snapshot prev
          where prev.room_id = new."roomId" and prev.ver = new.ver - 1 and prev.hash = new."prevHash")
        or new.ver = 1 and new."prevHash" = ''
          and not exists (select from room_snapshot prev where prev.room_id = new."roomId")
          and not exists (select from room_batch prev where prev.room_id = new."roomId" and prev.ver > 1)
      on conflict (room_id, ver) do nothing
      returning ver`,
  );
  return rows.length > 0;
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
