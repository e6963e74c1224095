import type { StateJson } from '../kind/record.ts';
import type { Role } from '../kind/role.ts';
import type { RoomKind } from '../kind/room-kind.ts';
import type { RoomBatch } from '../log/room-log.ts';
import type { ConfirmedRoom } from './confirmed-room.ts';
import { type DiffEvent, diffEventOf } from './diff-event.ts';
import { EventRing } from './event-ring.ts';
import { readMissed } from './read-missed.ts';
import type { RoomEvent } from './room-event.ts';
import type { RoomServices } from './room-services.ts';
import type { WatchStart } from './room-watcher.ts';

/** What viewers are shown of a room: its state without what is hidden, and what happened lately. Shared by all of them. */
export class ShownRoom {
  readonly #services: RoomServices;
  readonly #kind: RoomKind;
  readonly #ring: EventRing;
  #room: ConfirmedRoom;
  #state: { readonly ver: number; readonly state: StateJson } | null = null;

  constructor(services: RoomServices, kind: RoomKind, room: ConfirmedRoom) {
    const { ringBatches, ringBytes } = services.limits;
    this.#services = services;
    this.#kind = kind;
    this.#room = room;
    this.#ring = new EventRing({ count: ringBatches, bytes: ringBytes });
  }

  /** Another history: nothing that was shown can be continued. */
  restart(room: ConfirmedRoom): void {
    this.#room = room;
    this.#ring.clear();
    this.#state = null;
  }

  /** A batch that the room has applied. `bytes` are those of its diff. */
  tell(batch: RoomBatch, bytes: number): void {
    this.#ring.push(diffEventOf(batch, this.#kind.hidden), bytes);
    this.#state = null;
  }

  /** The visible changes since `ver`, batch by batch; null when there are more than `most` or memory forgot some. */
  each(ver: number, most: number): readonly DiffEvent[] | null {
    return this.#ring.each(ver, most);
  }

  /** The visible changes since `ver`, null when only a snapshot can tell. */
  since(ver: number): DiffEvent | null {
    return this.#ring.since(ver, this.#joinedBytes);
  }

  snapshotFor({ userId, role }: { readonly userId: string; readonly role: Role }): RoomEvent {
    const { ver, epoch } = this.#room;
    if (this.#state?.ver !== ver) this.#state = { ver, state: this.#room.state.toJson(this.#kind.hidden) };
    const { state } = this.#state;
    const clientSeq = this.#room.clientSeqs(userId);
    return { type: 'snapshot', epoch, ver, schema: this.#kind.version, role, state, clientSeq };
  }

  /** True when a viewer at `ver` can be told the rest from memory. */
  reaches(ver: number): boolean {
    const { start } = this.#ring;
    return ver === this.#room.ver || (start !== null && ver >= start && ver <= this.#room.ver);
  }

  /** Where a viewer goes on who has `ver`: from memory, or with what the log holds between; null for a snapshot. */
  async startAt(ver: number): Promise<WatchStart | null> {
    if (this.reaches(ver)) return { ver, event: null };
    const { roomId } = this.#room;
    return readMissed(this.#services, { roomId, from: ver, kind: this.#kind, bytes: this.#joinedBytes });
  }

  /** Joined diffs larger than this are worth less than a snapshot. */
  get #joinedBytes(): number {
    return this.#room.state.bytes * 2 + 65_536;
  }
}
