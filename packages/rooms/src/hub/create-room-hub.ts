import type { Bus } from '../bus/bus.ts';
import { type Clock, systemClock } from '../clock/clock.ts';
import type { Json } from '../kind/record.ts';
import type { RoomKind } from '../kind/room-kind.ts';
import type { BatchActor, RoomLog } from '../log/room-log.ts';
import { PresenceRoom } from '../presence/presence-room.ts';
import { SendRefused } from './errors.ts';
import { defaultLimits, type HubLimits } from './limits.ts';
import { LogOutages } from './log-outages.ts';
import { OpenRooms } from './open-rooms.ts';
import type { HubReport } from './report.ts';
import type { RoomHub, RoomRef } from './room-hub.ts';
import type { RoomServices } from './room-services.ts';

export interface RoomHubOptions {
  readonly log: RoomLog;
  readonly bus: Bus;
  readonly kinds: readonly RoomKind[];
  /** This node's name, unique among those that share the log. */
  readonly node: string;
  readonly clock?: Clock;
  /** Makes batch ids: random UUIDs. */
  readonly newId?: () => string;
  readonly limits?: Partial<HubLimits>;
  readonly onReport?: (report: HubReport) => void;
  /**
   * Called when the log has refused a batch because one of `denied` may not do as much any more: resolves when the
   * actors of what waits tell of it too, with the sign-ins among them that are over. Required with a log that answers `denied`.
   */
  readonly recheck?: (roomId: string, denied: readonly BatchActor[]) => Promise<ReadonlySet<string>>;
}

/** Bytes of JSON that one connection may tell about itself. */
const metaBytes = 2_048;

/** The engine of one node: opens rooms on demand, one actor each, and keeps who is present. */
export function createRoomHub(opts: RoomHubOptions): RoomHub {
  const report = opts.onReport ?? (() => {});
  const services: RoomServices = {
    log: opts.log,
    bus: opts.bus,
    node: opts.node,
    clock: opts.clock ?? systemClock,
    newId: opts.newId ?? (() => crypto.randomUUID()),
    limits: { ...defaultLimits, ...opts.limits },
    report,
    outages: new LogOutages(report),
    recheck: opts.recheck ?? (() => Promise.reject(new Error('Nobody can say who may do what.'))),
  };
  const kinds = new Map(opts.kinds.map((kind) => [kind.name, kind]));
  const rooms = new OpenRooms(services);
  const presences = new Map<string, PresenceRoom>();

  const kindOf = ({ kind: name }: RoomRef): RoomKind => {
    const kind = kinds.get(name);
    if (kind === undefined) throw new SendRefused('bad-request', 'This server knows no such kind of room.');
    return kind;
  };

  const presenceOf = ({ roomId }: RoomRef): PresenceRoom => {
    const open = presences.get(roomId);
    if (open !== undefined) return open;
    const created: PresenceRoom = new PresenceRoom(services.clock, () => {
      if (presences.get(roomId) === created) presences.delete(roomId);
    });
    presences.set(roomId, created);
    return created;
  };

  return {
    async send(room, actor, request) {
      for (;;) {
        const open = await rooms.open(room.roomId, kindOf(room));
        const answer = open.send(actor, request);
        if (answer !== null) return answer;
      }
    },
    async watch(room, watchOpts) {
      for (;;) {
        const open = await rooms.open(room.roomId, kindOf(room));
        const watcher = await open.watch(watchOpts);
        if (watcher !== null) return watcher;
      }
    },
    presence(room, { userId, name, connectionId, signal }) {
      kindOf(room);
      const stream = presenceOf(room).join({ userId, name, connectionId });
      signal.addEventListener('abort', () => stream.end(), { once: true });
      if (signal.aborted) stream.end();
      return stream;
    },
    setPresence(room, { userId, connectionId, meta }) {
      const checked = kindOf(room).presence.safeParse(meta);
      if (!checked.success) throw new SendRefused('bad-request', 'This cannot be shown to the others.');
      if (Buffer.byteLength(JSON.stringify(meta)) > metaBytes) {
        throw new SendRefused('too-large', `A connection tells at most ${metaBytes >> 10} KiB about itself.`);
      }
      presences.get(room.roomId)?.setMeta(userId, connectionId, meta satisfies Json);
    },
    people: (roomId) => presences.get(roomId)?.people() ?? [],
    get openRooms() {
      return rooms.count;
    },
    async evict(roomId, reason, by) {
      presences.get(roomId)?.close();
      await rooms.evict(roomId, reason, by);
    },
    async drain() {
      await rooms.drain();
      for (const presence of [...presences.values()]) presence.close();
    },
  };
}
