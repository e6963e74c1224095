import type { AppendOutcome, BatchActor, RoomBatch } from '@atrium/rooms';
import { QueryFailed } from '../errors.ts';

/** A batch on its way to disk. */
export interface Outgoing {
  readonly roomId: string;
  readonly batchId: string;
  /** The whole batch as JSON: made when it came, so that nobody can change it afterwards. */
  readonly json: string;
  readonly actors: readonly BatchActor[];
}

/** What became of a group, by the ids of its batches; whatever is in neither met another batch in its place. */
export interface Written {
  readonly written: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}

interface Waiting extends Outgoing {
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupLimits {
  /** How many groups may be on their way at once. */
  readonly inFlight: number;
  /** Of one group; a batch that is larger than `characters` goes alone. */
  readonly batches: number;
  readonly characters: number;
}

/** Commits a group as a whole, or rejects and then wrote none of it. */
export type WriteGroup = (group: readonly Outgoing[]) => Promise<Written>;

/**
 * Group commit across rooms: what comes in one turn goes together, at once when nothing is under way; what comes while
 * the log is being written goes next. When the database refuses a group, its batches are tried in parts and then one by
 * one, so that each failure reaches its own room; when it cannot be reached, all of them are in doubt.
 */
export class GroupCommit {
  readonly #write: WriteGroup;
  readonly #limits: GroupLimits;
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #isStarting = false;

  constructor(write: WriteGroup, limits: GroupLimits) {
    this.#write = write;
    this.#limits = limits;
  }

  async append(batch: RoomBatch, actors: readonly BatchActor[] = []): Promise<AppendOutcome> {
    const json = JSON.stringify(batch);
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ roomId: batch.roomId, batchId: batch.batchId, json, actors, resolve, reject });
      this.#startSoon();
    });
  }

  /** Behind all that is being decided now: rooms that write in the same turn go together, also when nothing is under way. */
  #startSoon(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    queueMicrotask(() => {
      this.#isStarting = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#inFlight < this.#limits.inFlight && this.#waiting.length > 0) {
      this.#inFlight += 1;
      void this.#commit(this.#take()).finally(() => {
        this.#inFlight -= 1;
        this.#start();
      });
    }
  }

  /** From the front, and of each room one: a second one follows the first, which has to be on disk before it. */
  #take(): readonly Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    const rooms = new Set<string>();
    let characters = 0;
    for (const waiting of this.#waiting) {
      characters += waiting.json.length;
      const isFull = group.length === this.#limits.batches || characters > this.#limits.characters;
      if (rooms.has(waiting.roomId) || (isFull && group.length > 0)) left.push(waiting);
      else group.push(waiting);
      rooms.add(waiting.roomId);
    }
    this.#waiting = left;
    return group;
  }

  /** Never rejects. A group that is refused is tried in parts, and a part that is refused one by one. */
  async #commit(group: readonly Waiting[], sizeOfPart = Math.ceil(Math.sqrt(group.length))): Promise<void> {
    try {
      const { written, denied } = await this.#write(group);
      for (const { batchId, resolve } of group) {
        const reason = denied.has(batchId) ? 'denied' : 'conflict';
        resolve(written.has(batchId) ? { ok: true } : { ok: false, reason });
      }
    } catch (error) {
      const isInDoubt = group.length === 1 || !isOfOne(error);
      if (isInDoubt) for (const { reject } of group) reject(error);
      else for (const part of partsOf(group, sizeOfPart)) await this.#commit(part, 1);
    }
  }
}

function partsOf(group: readonly Waiting[], size: number): readonly (readonly Waiting[])[] {
  return Array.from({ length: Math.ceil(group.length / size) }, (_, n) => group.slice(n * size, (n + 1) * size));
}

/** 21-23: what a batch holds or points to; 40: it met another writer; 54: too large; 55P03: its room is locked. */
function isOfOne(error: unknown): boolean {
  return error instanceof QueryFailed && /^(2[123]|40|54|55P03)/.test(error.code);
}
