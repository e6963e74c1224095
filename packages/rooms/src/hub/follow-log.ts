import { sleep, withDeadline } from '../clock/clock.ts';
import type { RoomKind } from '../kind/room-kind.ts';
import { isNext } from '../log/chain.ts';
import type { RoomBatch } from '../log/room-log.ts';
import type { ConfirmedRoom } from './confirmed-room.ts';
import { type LoadedRoom, loadRoom } from './load-room.ts';
import type { RoomServices } from './room-services.ts';

/** What the log says about a room that is open: it goes on from here, or it holds another history. */
export type Tail =
  | { readonly type: 'more'; readonly batches: readonly RoomBatch[] }
  | { readonly type: 'other'; readonly loaded: LoadedRoom };

const page = 500;

/**
 * Reads what follows `room`, which it leaves as it is. The batch the room stands at is read again with it: a log that
 * lost it, or holds another one there, is another history. Null when the log does not answer, after some attempts.
 */
export async function readTail(services: RoomServices, kind: RoomKind, room: ConfirmedRoom): Promise<Tail | null> {
  const { clock, limits, outages } = services;
  const { roomId } = room;
  for (let attempt = 0; ; attempt += 1) {
    try {
      const tail = await readTailOnce(services, kind, room);
      outages.worked(roomId, 'reading');
      return tail;
    } catch (cause) {
      const wait = limits.retryTimes[attempt];
      if (wait === undefined) {
        outages.failed(roomId, 'reading', cause);
        return null;
      }
      await sleep(clock, wait);
    }
  }
}

async function readTailOnce({ log, clock, limits }: RoomServices, kind: RoomKind, room: ConfirmedRoom): Promise<Tail> {
  let { ver, hash } = room;
  const batches: RoomBatch[] = [];
  for (let isFirst = true; ; isFirst = false) {
    const after = isFirst && ver > 0 ? ver - 1 : ver;
    const rows = await withDeadline(clock, log.read(room.roomId, after, page), limits.logTime);
    const fresh = after === ver ? rows : rows.slice(1);
    const isSame = after === ver || (rows[0]?.ver === ver && rows[0].hash === hash);
    let fits = isSame;
    for (const batch of fresh) {
      fits &&= isNext(batch, ver, hash);
      ({ ver, hash } = batch);
      batches.push(batch);
    }
    if (!fits)
      return { type: 'other', loaded: await withDeadline(clock, loadRoom(log, kind, room.roomId), limits.logTime) };
    if (rows.length < page) return { type: 'more', batches };
  }
}
