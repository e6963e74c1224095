import type { RoomKind } from '../kind/room-kind.ts';
import { RoomState } from '../kind/room-state.ts';
import { sealBatch } from '../log/chain.ts';
import type { ClientMemory, RoomBatch, RoomSnapshot } from '../log/room-log.ts';
import { clientKey, remember } from './client-memory.ts';

/** What is on disk, in memory: moves only by whole batches of the log. */
export class ConfirmedRoom {
  readonly roomId: string;
  readonly state: RoomState;
  clients: Map<string, ClientMemory>;
  /** Who uses a client id: acknowledgements name clients, so nobody may take over another person's. */
  readonly owners = new Map<string, string>();
  ver: number;
  epoch: number;
  hash: string;

  private constructor(from: Omit<RoomSnapshot, 'state' | 'schema' | 'at'>, state: RoomState) {
    this.roomId = from.roomId;
    this.state = state;
    this.clients = new Map();
    this.keepClients(new Map(Object.entries(from.clients)));
    this.ver = from.ver;
    this.epoch = from.epoch;
    this.hash = from.hash;
  }

  static empty(roomId: string, kind: RoomKind): ConfirmedRoom {
    return new ConfirmedRoom({ roomId, ver: 0, epoch: 1, hash: '', clients: {} }, new RoomState(kind.collections));
  }

  static fromSnapshot(snapshot: RoomSnapshot, kind: RoomKind): ConfirmedRoom {
    return new ConfirmedRoom(snapshot, RoomState.fromJson(snapshot.state, kind.collections));
  }

  /** Forgets every client that is not among these. */
  keepClients(clients: Map<string, ClientMemory>): void {
    this.clients = clients;
    this.owners.clear();
    for (const key of clients.keys()) {
      const slash = key.lastIndexOf('/');
      this.owners.set(key.slice(slash + 1), key.slice(0, slash));
    }
  }

  /** Last committed number of each of a person's clients. */
  clientSeqs(userId: string): { readonly [clientId: string]: number } {
    const seqs: { [clientId: string]: number } = {};
    for (const [key, { lastSeq }] of this.clients) {
      if (key.startsWith(`${userId}/`)) seqs[key.slice(userId.length + 1)] = lastSeq;
    }
    return seqs;
  }

  /** The batch that would follow what is here. */
  nextBatch(part: Pick<RoomBatch, 'batchId' | 'node' | 'at' | 'diff' | 'commands'>): RoomBatch {
    const { roomId, ver, epoch, hash } = this;
    return sealBatch({ roomId, ver: ver + 1, epoch, prevHash: hash, ...part });
  }

  /** Throws `BrokenDiff` when the batch does not fit; the room is then of no use any more. */
  apply(batch: RoomBatch): void {
    this.state.apply(batch.diff);
    for (const { clientId, userId, result } of batch.commands) {
      const key = clientKey(userId, clientId);
      this.clients.set(key, remember(this.clients.get(key), result, batch));
      this.owners.set(clientId, userId);
    }
    this.ver = batch.ver;
    this.epoch = Math.max(this.epoch, batch.epoch);
    this.hash = batch.hash;
  }
}
