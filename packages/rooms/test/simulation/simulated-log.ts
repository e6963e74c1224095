import { type Clock, sleep } from '../../src/clock/clock.ts';
import type { AppendOutcome, RoomBatch, RoomLog, RoomSnapshot } from '../../src/log/room-log.ts';
import type { Random } from './random.ts';

/** A safety rule that is switched off, to see that the simulation notices. */
export type BrokenRule = 'predecessor-guard' | 'remembered-commands' | 'batch-id';

/** A hub's way to the log: slow, failing, cut for good by a crash. */
export interface LogConnection extends RoomLog {
  cut(): void;
}

/** One log that several hubs share. While `isFaulty`, calls are slow, fail, or fail after they took effect. */
export class SimulatedLog {
  isFaulty = true;
  /** Every batch ever committed, whatever was compacted. */
  readonly archive: RoomBatch[] = [];
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #broken: ReadonlySet<BrokenRule>;
  #first = 1;
  #snapshot: RoomSnapshot | null = null;

  constructor(clock: Clock, random: Random, broken: ReadonlySet<BrokenRule>) {
    this.#clock = clock;
    this.#random = random;
    this.#broken = broken;
  }

  connect(): LogConnection {
    let isCut = false;
    const call = async <T>(work: () => T): Promise<T> => {
      const fault = this.isFaulty ? this.#random.next() : 1;
      await sleep(this.#clock, this.#random.below(this.isFaulty ? 40 : 3));
      if (isCut && this.#random.chance(0.5)) return new Promise(() => {});
      if (fault < 0.1) throw new Error('The log did not answer.');
      if (fault >= 0.1 && fault < 0.14) {
        // The caller hears of a failure, and the work is done later.
        void sleep(this.#clock, this.#random.below(200)).then(work);
        throw new Error('The connection was lost before the answer.');
      }
      const result = work();
      if (isCut) return new Promise(() => {});
      if (fault >= 0.14 && fault < 0.2) throw new Error('The connection was lost after the commit.');
      await sleep(this.#clock, this.#random.below(3));
      return result;
    };
    return {
      cut: () => {
        isCut = true;
      },
      append: (batch) => call(() => this.#append(batch)),
      read: (_roomId, after, limit) => call(() => this.#read(after, limit)),
      loadSnapshot: () => call(() => this.#loadSnapshot()),
      saveSnapshot: (snapshot) => call(() => this.#saveSnapshot(snapshot)),
      compact: (_roomId, keepAfterVer, keepAfterTime) => call(() => this.#compact(keepAfterVer, keepAfterTime)),
    };
  }

  #append(batch: RoomBatch): AppendOutcome {
    const last = this.archive.at(-1);
    const follows = batch.ver === (last?.ver ?? 0) + 1 && batch.prevHash === (last?.hash ?? '');
    if (!follows && !this.#broken.has('predecessor-guard')) return { ok: false, reason: 'conflict' };
    this.archive[batch.ver - 1] = structuredClone(batch);
    return { ok: true };
  }

  #read(after: number, limit: number): readonly RoomBatch[] {
    const from = Math.max(after, this.#first - 1);
    return this.archive.slice(from, from + limit).map((batch) => {
      const copy = structuredClone(batch);
      const commands = this.#broken.has('remembered-commands') ? [] : copy.commands;
      return { ...copy, commands, batchId: this.#broken.has('batch-id') ? 'hidden' : copy.batchId };
    });
  }

  #loadSnapshot(): RoomSnapshot | null {
    if (this.#snapshot === null || !this.#broken.has('remembered-commands')) return structuredClone(this.#snapshot);
    return { ...structuredClone(this.#snapshot), clients: {} };
  }

  #saveSnapshot(snapshot: RoomSnapshot): void {
    if (this.#snapshot !== null && this.#snapshot.ver > snapshot.ver) return;
    this.#snapshot = structuredClone(snapshot);
  }

  #compact(keepAfterVer: number, keepAfterTime: number): void {
    for (const batch of this.archive.slice(this.#first - 1)) {
      if (batch.ver > keepAfterVer || batch.at >= keepAfterTime) return;
      this.#first = batch.ver + 1;
    }
  }
}
