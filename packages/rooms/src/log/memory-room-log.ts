import type { AppendOutcome, RoomBatch, RoomLog, RoomSnapshot } from './room-log.ts';

/** A log that lives as long as the process: for tests and simulations. Copies on the way in and out, as a disk does. */
export function createMemoryRoomLog(): RoomLog {
  const batches = new Map<string, Map<number, RoomBatch>>();
  const snapshots = new Map<string, RoomSnapshot>();

  const rows = (roomId: string) => {
    const known = batches.get(roomId) ?? new Map<number, RoomBatch>();
    batches.set(roomId, known);
    return known;
  };

  return {
    async append(batch): Promise<AppendOutcome> {
      const room = rows(batch.roomId);
      const follows = batch.ver === 1 ? room.size === 0 : room.get(batch.ver - 1)?.hash === batch.prevHash;
      if (!follows || room.has(batch.ver)) return { ok: false, reason: 'conflict' };
      room.set(batch.ver, structuredClone(batch));
      return { ok: true };
    },
    async read(roomId, after, limit) {
      const found: RoomBatch[] = [];
      const room = rows(roomId);
      const first = Math.max(after + 1, room.keys().next().value ?? 1);
      for (let ver = first; found.length < limit; ver += 1) {
        const batch = room.get(ver);
        if (batch === undefined) break;
        found.push(structuredClone(batch));
      }
      return found;
    },
    async loadSnapshot(roomId) {
      const snapshot = snapshots.get(roomId);
      return snapshot === undefined ? null : structuredClone(snapshot);
    },
    async saveSnapshot(snapshot) {
      const newest = snapshots.get(snapshot.roomId);
      if (newest !== undefined && newest.ver > snapshot.ver) return;
      snapshots.set(snapshot.roomId, structuredClone(snapshot));
    },
    async compact(roomId, keepAfterVer, keepAfterTime) {
      const room = rows(roomId);
      for (const [ver, batch] of room) {
        if (ver <= keepAfterVer && batch.at < keepAfterTime) room.delete(ver);
      }
    },
  };
}
