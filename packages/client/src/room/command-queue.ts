/**
 * The commands of one open room that the server has not answered yet, in order.
 *
 * A number is given when a command is sent, not when it is queued: a request that is refused as a whole used no number.
 * Numbers are contiguous per `clientId`; a command that was sent keeps its number until it is answered, so a repeat
 * after a lost connection is recognised by the server and decided once. Knows nothing of sockets and clocks.
 */
import type { CommandResult, SentCommand } from '@atrium/rooms';

export interface QueuedCommand {
  readonly name: string;
  readonly input: unknown;
  readonly resolve: (answer: { readonly result: CommandResult; readonly epoch: number; readonly ver: number }) => void;
  readonly reject: (error: Error) => void;
}

interface Entry extends QueuedCommand {
  /** Bytes of its JSON. */
  readonly size: number;
}

export interface Batch {
  readonly clientId: string;
  readonly commands: readonly SentCommand[];
}

/** A request stays well below the 256 KiB that the server accepts in one frame. */
const maxBatchBytes = 200_000;
const maxBatchCommands = 100;

const encoder = new TextEncoder();

export class CommandQueue {
  private readonly newClientId: () => string;
  private clientId: string;
  private nextSeq = 1;
  private entries: Entry[] = [];
  /** How many at the head have been sent and await an answer. */
  private inFlight = 0;
  private batchLimit = maxBatchCommands;

  constructor(newClientId: () => string) {
    this.newClientId = newClientId;
    this.clientId = newClientId();
  }

  get size(): number {
    return this.entries.length;
  }

  /** Adds a command; false when it is too large for any request. */
  add(command: QueuedCommand): boolean {
    const size = encoder.encode(JSON.stringify(command.input) ?? '').length + command.name.length + 64;
    if (size > maxBatchBytes) return false;
    this.entries.push({ ...command, size });
    return true;
  }

  /** What to send now: the same batch again until it is answered, else what has gathered. Null when all is answered. */
  nextBatch(): Batch | null {
    if (this.entries.length === 0) return null;
    if (this.inFlight === 0) this.inFlight = this.countFitting();
    const commands = this.entries
      .slice(0, this.inFlight)
      .map((entry, i) => ({ seq: this.nextSeq + i, name: entry.name, input: entry.input }));
    return { clientId: this.clientId, commands };
  }

  /** The batch was decided: each of its commands gets its result. */
  settle(answer: { readonly epoch: number; readonly ver: number; readonly results: readonly CommandResult[] }): void {
    const results = new Map(answer.results.map((result) => [result.seq, result]));
    const first = this.nextSeq;
    const settled = this.takeInFlight();
    this.nextSeq += settled.length;
    this.batchLimit = maxBatchCommands;
    settled.forEach((entry, i) => {
      const result = results.get(first + i);
      if (result) entry.resolve({ result, epoch: answer.epoch, ver: answer.ver });
      else entry.reject(new Error(`The server left command ${first + i} without an answer.`));
    });
  }

  /** The batch was too large as a whole: send fewer at once. False when it was a single command. */
  split(): boolean {
    if (this.inFlight <= 1) return false;
    this.batchLimit = Math.ceil(this.inFlight / 2);
    this.inFlight = 0;
    return true;
  }

  /** Nothing of the batch was decided and its numbers are free again: its commands fail, the rest goes on. */
  refuse(error: Error): void {
    for (const entry of this.takeInFlight()) entry.reject(error);
  }

  /** As `refuse`, when it is unknown which numbers the server has seen: starts again under a new `clientId`. */
  refuseAndRenumber(error: Error): void {
    this.clientId = this.newClientId();
    this.nextSeq = 1;
    this.refuse(error);
  }

  /** Everything fails: the room is closed. */
  clear(error: Error): void {
    this.inFlight = this.entries.length;
    this.refuse(error);
  }

  private takeInFlight(): Entry[] {
    const taken = this.entries.splice(0, this.inFlight);
    this.inFlight = 0;
    return taken;
  }

  private countFitting(): number {
    let bytes = 0;
    let count = 0;
    for (const entry of this.entries.slice(0, this.batchLimit)) {
      bytes += entry.size;
      if (bytes > maxBatchBytes) break;
      count += 1;
    }
    return count;
  }
}
