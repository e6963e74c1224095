import type { RoomKind } from '../kind/room-kind.ts';
import { isNext } from '../log/chain.ts';
import type { RoomBatch, RoomLog, RoomSnapshot } from '../log/room-log.ts';
import { ConfirmedRoom } from './confirmed-room.ts';
import { RoomUnavailable } from './errors.ts';

export interface LoadedRoom {
  readonly room: ConfirmedRoom;
  /** The batches behind the snapshot, ascending. */
  readonly tail: readonly RoomBatch[];
  /** The version of the newest snapshot; -1 when there is none. */
  readonly snapshotVer: number;
  /** True when the chain did not fit: who saw the other branch has to start from a snapshot. */
  readonly isNewEpoch: boolean;
}

const page = 500;

/**
 * Reads a room: the newest snapshot and every batch behind it. A chain that does not fit (a fail-over that lost
 * commits, a restored backup) opens a new epoch. Rejects when the log does not answer or cannot be made sense of.
 */
export async function loadRoom(log: RoomLog, kind: RoomKind, roomId: string): Promise<LoadedRoom> {
  const snapshot = await log.loadSnapshot(roomId);
  if (snapshot !== null && snapshot.schema > kind.version) {
    throw new RoomUnavailable('This room was written by a newer version of this server.');
  }
  const loaded = (await replay(log, kind, { roomId, snapshot })) ?? (await replayAll(log, kind, { roomId, snapshot }));
  return migrate(log, kind, { loaded, snapshot });
}

interface Source {
  readonly roomId: string;
  readonly snapshot: RoomSnapshot | null;
}

/** Snapshot and tail; null when the snapshot belongs to another history than the log. */
async function replay(log: RoomLog, kind: RoomKind, { roomId, snapshot }: Source): Promise<LoadedRoom | null> {
  const room = snapshot === null ? ConfirmedRoom.empty(roomId, kind) : ConfirmedRoom.fromSnapshot(snapshot, kind);
  if (room.ver > 0) {
    const [own] = await log.read(roomId, room.ver - 1, 1);
    if (own?.ver !== room.ver || own.hash !== room.hash) return null;
  }
  return { ...(await follow(log, room)), snapshotVer: snapshot?.ver ?? -1 };
}

/** The log from its first batch, for a snapshot that does not fit. */
async function replayAll(log: RoomLog, kind: RoomKind, { roomId, snapshot }: Source): Promise<LoadedRoom> {
  const [first] = await log.read(roomId, 0, 1);
  if (first !== undefined && first.ver !== 1) throw new RoomUnavailable('The history of this room is incomplete.');
  const room = ConfirmedRoom.empty(roomId, kind);
  const { tail } = await follow(log, room);
  room.epoch = Math.max(room.epoch, (snapshot?.epoch ?? 0) + 1);
  return { room, tail, snapshotVer: -1, isNewEpoch: true };
}

async function follow(log: RoomLog, room: ConfirmedRoom): Promise<Pick<LoadedRoom, 'room' | 'tail' | 'isNewEpoch'>> {
  const tail: RoomBatch[] = [];
  let isNewEpoch = false;
  for (;;) {
    const batches = await log.read(room.roomId, room.ver, page);
    for (const batch of batches) {
      if (batch.ver !== room.ver + 1) throw new RoomUnavailable('The history of this room is incomplete.');
      const fits = isNext(batch, room.ver, room.hash);
      const epoch = fits ? room.epoch : room.epoch + 1;
      isNewEpoch ||= batch.epoch < epoch;
      room.apply(batch);
      room.epoch = Math.max(room.epoch, epoch);
      tail.push(batch);
    }
    if (batches.length < page) return { room, tail, isNewEpoch };
  }
}

/** Brings the state to the kind's version; on disk before the first command sees it, since it is in no batch. */
async function migrate(
  log: RoomLog,
  kind: RoomKind,
  { loaded, snapshot }: { readonly loaded: LoadedRoom; readonly snapshot: RoomSnapshot | null },
): Promise<LoadedRoom> {
  const { room } = loaded;
  const from = snapshot?.schema ?? (room.ver === 0 ? 0 : 1);
  if (from === kind.version || (from === 0 && kind.version === 1)) return loaded;
  const json = room.state.toJson();
  const migrated: RoomSnapshot = {
    roomId: room.roomId,
    ver: room.ver,
    epoch: room.epoch,
    hash: room.hash,
    schema: kind.version,
    at: snapshot?.at ?? loaded.tail.at(-1)?.at ?? 0,
    state: from === 0 ? json : (kind.migrate?.(json, from) ?? json),
    clients: Object.fromEntries(room.clients),
  };
  await log.saveSnapshot(migrated);
  const { isNewEpoch } = loaded;
  return { room: ConfirmedRoom.fromSnapshot(migrated, kind), tail: [], snapshotVer: room.ver, isNewEpoch };
}
