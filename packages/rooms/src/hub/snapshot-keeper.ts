import type { RoomKind } from '../kind/room-kind.ts';
import { pruneClients } from './client-memory.ts';
import type { ConfirmedRoom } from './confirmed-room.ts';
import type { RoomServices } from './room-services.ts';

/** Decides when a room's snapshot is due, writes it beside the commits, and lets go of log that nobody needs. */
export class SnapshotKeeper {
  readonly #services: RoomServices;
  readonly #kind: RoomKind;
  #savedVer: number;
  #batches = 0;
  #bytes = 0;
  #saving: Promise<void> | null = null;

  constructor(services: RoomServices, kind: RoomKind, savedVer: number) {
    this.#services = services;
    this.#kind = kind;
    this.#savedVer = savedVer;
  }

  note(bytes: number): void {
    this.#batches += 1;
    this.#bytes += bytes;
  }

  /** Another history: what was saved is no measure any more. */
  restart(savedVer: number): void {
    this.#savedVer = savedVer;
  }

  saveIfDue(room: ConfirmedRoom): void {
    const { snapshotBatches, snapshotBytes } = this.#services.limits;
    if (this.#saving !== null || (this.#batches < snapshotBatches && this.#bytes < snapshotBytes)) return;
    void this.save(room);
  }

  /** Writes what is not in a snapshot yet. Never rejects: the log holds everything, a failure is only reported. */
  async save(room: ConfirmedRoom): Promise<void> {
    await this.#saving;
    if (room.ver === 0 || room.ver === this.#savedVer) return;
    this.#batches = 0;
    this.#bytes = 0;
    this.#saving = this.#write(room);
    await this.#saving;
    this.#saving = null;
  }

  async #write(room: ConfirmedRoom): Promise<void> {
    const { log, clock, limits, report } = this.#services;
    const { roomId, ver, epoch, hash } = room;
    const now = clock.now();
    room.keepClients(pruneClients(room.clients, { now, time: limits.clientTime, perUser: limits.clientsPerUser }));
    const clients = Object.fromEntries(room.clients);
    const state = room.state.toJson();
    try {
      await log.saveSnapshot({ roomId, ver, epoch, hash, schema: this.#kind.version, at: now, state, clients });
      this.#savedVer = ver;
      await log.compact(roomId, ver - limits.keptBatches, now - limits.keptTime);
    } catch (cause) {
      report({ type: 'snapshot-failed', roomId, cause });
    }
  }
}
