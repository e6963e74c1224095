/**
 * The commands of one numbering that the server has not answered yet, in order.
 *
 * A command is numbered when it is added and keeps its number until it is answered, so a repeat after a lost connection,
 * a reload or a restart is recognised by the server and decided once. Numbers are contiguous per `clientId`: when some
 * are refused as a whole, what waits behind them is numbered again under a new one. Knows nothing of sockets, clocks and
 * disks.
 */
import type { CommandResult } from '@atrium/rooms';
import type { KeptCommand } from '../outbox/outbox-store.ts';

/** What became of a command that was decided. */
export interface Decided {
  readonly result: CommandResult;
  readonly epoch: number;
  readonly ver: number;
}

/** Told when it is over; a command of an earlier page has nobody who waits for it. */
export interface Waiting {
  readonly resolve: (decided: Decided) => void;
  readonly reject: (error: Error) => void;
}

export interface QueuedCommand extends KeptCommand {
  /** Bytes of its JSON. */
  readonly size: number;
  readonly waiting: Waiting | null;
}

export interface Batch {
  readonly clientId: string;
  readonly commands: readonly KeptCommand[];
}

/** A request stays well below the 256 KiB that the server accepts in one frame. */
const maxBatchBytes = 200_000;
const maxBatchCommands = 100;

const encoder = new TextEncoder();

export class CommandQueue {
  clientId: string;
  private readonly newClientId: () => string;
  private lastSeq: number;
  private queued: QueuedCommand[] = [];
  /** How many at the head have been sent and await an answer. */
  private inFlight = 0;
  private batchLimit = maxBatchCommands;

  /** `kept` are commands of an earlier page, in order. */
  constructor(newClientId: () => string, kept: readonly KeptCommand[] = []) {
    this.newClientId = newClientId;
    this.clientId = newClientId();
    this.queued = kept.map((command) => ({ ...command, size: sizeOf(command), waiting: null }));
    this.lastSeq = kept.at(-1)?.seq ?? 0;
  }

  get size(): number {
    return this.queued.length;
  }

  /** The first number that was never answered. */
  get nextSeq(): number {
    return this.queued[0]?.seq ?? this.lastSeq + 1;
  }

  /** In the order in which they will be decided. */
  get commands(): readonly QueuedCommand[] {
    return this.queued;
  }

  /** Adds a command and numbers it; null when it is too large for any request. */
  add(name: string, input: unknown, waiting: Waiting): QueuedCommand | null {
    const size = sizeOf({ name, input });
    if (size > maxBatchBytes) return null;
    const command = { seq: this.lastSeq + 1, name, input, size, waiting };
    this.lastSeq = command.seq;
    this.queued.push(command);
    return command;
  }

  /** What to send now: the same batch again until it is answered, else what has gathered. Null when all is answered. */
  nextBatch(): Batch | null {
    if (this.queued.length === 0) return null;
    if (this.inFlight === 0) this.inFlight = this.countFitting();
    const commands = this.queued.slice(0, this.inFlight).map(({ seq, name, input }) => ({ seq, name, input }));
    return { clientId: this.clientId, commands };
  }

  /** The batch is over, decided or refused: takes its commands off. */
  takeBatch(): readonly QueuedCommand[] {
    this.batchLimit = maxBatchCommands;
    return this.takeInFlight();
  }

  /** The batch was too large as a whole: send fewer at once. False when it was a single command. */
  split(): boolean {
    if (this.inFlight <= 1) return false;
    this.batchLimit = Math.ceil(this.inFlight / 2);
    this.inFlight = 0;
    return true;
  }

  /** Starts again under a new client id: everything that waits gets new numbers. */
  renumber(): void {
    this.clientId = this.newClientId();
    this.inFlight = 0;
    this.queued = this.queued.map((command, i) => ({ ...command, seq: i + 1 }));
    this.lastSeq = this.queued.length;
  }

  /** Puts commands at the head again that were decided once and are forgotten. Their numbers end where ours begin. */
  restore(commands: readonly QueuedCommand[]): void {
    this.queued = [...commands, ...this.queued];
    this.inFlight = 0;
  }

  /** Takes everything off. */
  clear(): readonly QueuedCommand[] {
    this.inFlight = this.queued.length;
    return this.takeInFlight();
  }

  private takeInFlight(): QueuedCommand[] {
    const taken = this.queued.splice(0, this.inFlight);
    this.inFlight = 0;
    return taken;
  }

  private countFitting(): number {
    const first = this.nextSeq;
    let bytes = 0;
    let count = 0;
    for (const { seq, size } of this.queued.slice(0, this.batchLimit)) {
      bytes += size;
      // A hole is left by a device that did not keep everything; what comes behind it goes on its own.
      if (bytes > maxBatchBytes || seq !== first + count) break;
      count += 1;
    }
    return count;
  }
}

function sizeOf({ name, input }: Pick<KeptCommand, 'name' | 'input'>): number {
  return encoder.encode(JSON.stringify(input) ?? '').length + name.length + 64;
}

/** The first name is that of the numbering that is taken over; when it must be given up, any new one. */
export function namesFrom(clientId: string): () => string {
  let isFirst = true;
  return () => {
    const name = isFirst ? clientId : crypto.randomUUID();
    isFirst = false;
    return name;
  };
}
