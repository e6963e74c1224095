import { withDeadline } from '../clock/clock.ts';
import type { RoomKind } from '../kind/room-kind.ts';
import { diffEventOf, joinEvents } from './diff-event.ts';
import type { RoomServices } from './room-services.ts';
import type { WatchStart } from './room-watcher.ts';

export interface Missed {
  readonly roomId: string;
  readonly kind: RoomKind;
  /** The version the viewer has. */
  readonly from: number;
  /** A joined diff larger than this is worth less than a snapshot. */
  readonly bytes: number;
}

/** What a viewer who returns has missed, read from the log; null when only a snapshot can tell. Never rejects. */
export async function readMissed(
  { log, clock, limits }: RoomServices,
  { roomId, kind, from, bytes }: Missed,
): Promise<WatchStart | null> {
  const read = log.read(roomId, from, limits.resumeBatches);
  const batches = await withDeadline(clock, read, limits.logTime).catch(() => []);
  const [first, ...rest] = batches.map((batch) => diffEventOf(batch, kind.hidden));
  if (first === undefined || first.prev !== from) return null;
  const event = joinEvents([first, ...rest]);
  return JSON.stringify(event.diff).length > bytes ? null : { ver: event.ver, event };
}
