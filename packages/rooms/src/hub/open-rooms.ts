import { withDeadline } from '../clock/clock.ts';
import type { RoomKind } from '../kind/room-kind.ts';
import { RoomUnavailable, serverStops } from './errors.ts';
import { loadRoom } from './load-room.ts';
import { RoomActor } from './room-actor.ts';
import type { DoneBy, EndReason } from './room-event.ts';
import type { RoomServices } from './room-services.ts';

/** The rooms that are open on this node, at most `limits.openRooms`; whoever comes while one is read waits for it. */
export class OpenRooms {
  readonly #services: RoomServices;
  readonly #actors = new Map<string, RoomActor>();
  /** One promise for all who come, before and after it is read: so nobody overtakes who came first. */
  readonly #opened = new Map<string, Promise<RoomActor>>();
  #isDraining = false;

  get count(): number {
    return this.#opened.size;
  }

  constructor(services: RoomServices) {
    this.#services = services;
  }

  /** Rejects with `RoomUnavailable`. */
  async open(roomId: string, kind: RoomKind): Promise<RoomActor> {
    if (this.#isDraining) throw serverStops();
    const opened = this.#opened.get(roomId) ?? this.#load(roomId, kind);
    this.#opened.set(roomId, opened);
    return opened;
  }

  async evict(roomId: string, reason: EndReason, by?: DoneBy): Promise<void> {
    await this.#opened.get(roomId)?.catch(() => null);
    await this.#actors.get(roomId)?.evict(reason, by);
  }

  async drain(): Promise<void> {
    this.#isDraining = true;
    await Promise.allSettled(this.#opened.values());
    await Promise.all([...this.#actors.values()].map((actor) => actor.drain()));
  }

  async #load(roomId: string, kind: RoomKind): Promise<RoomActor> {
    const { log, clock, limits, report, outages } = this.#services;
    try {
      await this.#makeRoom();
      const loaded = await withDeadline(clock, loadRoom(log, kind, roomId), limits.logTime);
      outages.worked(roomId, 'reading');
      const actor: RoomActor = new RoomActor(this.#services, kind, {
        loaded,
        onClosed: () => {
          this.#actors.delete(roomId);
          this.#opened.delete(roomId);
        },
      });
      if (loaded.isNewEpoch) report({ type: 'new-epoch', roomId, epoch: actor.epoch });
      this.#actors.set(roomId, actor);
      return actor;
    } catch (cause) {
      this.#opened.delete(roomId);
      outages.failed(roomId, 'reading', cause);
      if (cause instanceof RoomUnavailable) throw cause;
      throw new RoomUnavailable('This room cannot be opened right now. Try again in a moment.', { cause });
    }
  }

  /** Closes the room that has been open longest without anybody in it when there are too many. */
  async #makeRoom(): Promise<void> {
    if (this.#opened.size < this.#services.limits.openRooms) return;
    const idle = [...this.#actors.values()].find((actor) => actor.isIdle);
    await idle?.closeIfIdle();
    if (idle?.isClosed !== true) throw new RoomUnavailable('Too many rooms are open. Try again in a moment.');
  }
}
