/**
 * Brings queued commands to the server: one request in flight, repeated after a lost connection until it is answered.
 * The server decides each (clientId, seq) once, so repeating is always safe.
 */
import type { CommandResult, SendAnswer } from '@atrium/rooms';
import { TRPCClientError } from '@trpc/client';
import { delayBefore } from '../connection/backoff.ts';
import { Cell, type Observable } from '../observable.ts';
import { RefusedError, refusalOf } from '../refusal.ts';
import { afterRefusal } from './after-refusal.ts';
import { type Batch, CommandQueue } from './command-queue.ts';

/** What became of one command, and the version of the room that shows it. */
export interface SentResult {
  readonly result: CommandResult;
  readonly epoch: number;
  readonly ver: number;
}

export interface CommandSenderOptions {
  /** Rejects with a `TRPCClientError` when the server refused, with anything else when it is unknown what happened. */
  readonly post: (batch: Batch) => Promise<SendAnswer>;
  readonly newClientId: () => string;
  /** Waits; may return early. */
  readonly pause: (ms: number) => Promise<void>;
}

export class CommandSender {
  private readonly opts: CommandSenderOptions;
  private readonly queue: CommandQueue;
  private readonly pendingCell = new Cell(0);
  private isRunning = false;
  private closedWith: Error | null = null;
  /** Set when nothing more is taken, while what is queued may still be on its way. */
  private finishedWith: Error | null = null;
  /** Attempts in a row that were not answered. */
  private failures = 0;

  constructor(opts: CommandSenderOptions) {
    this.opts = opts;
    this.queue = new CommandQueue(opts.newClientId);
  }

  /** How many commands the server has not answered yet. */
  get pending(): Observable<number> {
    return this.pendingCell;
  }

  /** Resolves with the decision; rejects with `RefusedError`, or with the error that the sender was closed with. */
  send(name: string, input: unknown): Promise<SentResult> {
    return new Promise((resolve, reject) => {
      if (this.finishedWith) return reject(this.finishedWith);
      if (!this.queue.add({ name, input, resolve, reject })) {
        return reject(new RefusedError({ reason: 'TOO_LARGE', message: 'This is too large to be sent at once.' }));
      }
      this.pendingCell.set(this.queue.size);
      if (this.isRunning) return undefined;
      this.isRunning = true;
      // After the current turn, so that what one event handler sends travels together.
      queueMicrotask(() => void this.run());
      return undefined;
    });
  }

  /**
   * Fails everything that is sent later, but still brings to the server what is queued. Resolves when all of that is
   * answered; what is not after `patienceMs` fails like the rest.
   */
  finish(error: Error, patienceMs: number): Promise<void> {
    this.finishedWith ??= error;
    if (this.queue.size === 0) return Promise.resolve(this.close(error));
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.close(error), patienceMs);
      const leave = this.pendingCell.subscribe(() => {
        if (this.queue.size > 0) return;
        clearTimeout(timer);
        leave();
        resolve();
      });
    });
  }

  /** Fails what is unanswered and everything that is sent later. */
  close(error: Error): void {
    if (this.closedWith) return;
    this.finishedWith ??= error;
    this.closedWith = error;
    this.queue.clear(error);
    this.pendingCell.set(0);
  }

  private async run(): Promise<void> {
    for (let batch = this.queue.nextBatch(); batch; batch = this.queue.nextBatch()) {
      await this.attempt(batch);
      this.pendingCell.set(this.queue.size);
    }
    this.isRunning = false;
  }

  private async attempt(batch: Batch): Promise<void> {
    try {
      const answer = await this.opts.post(batch);
      if (this.closedWith) return;
      this.queue.settle(answer);
      this.failures = 0;
    } catch (error) {
      if (!this.closedWith) await this.recover(error);
    }
  }

  private async recover(error: unknown): Promise<void> {
    const refusal = refusalOf(error);
    if (!refusal && !isAnswer(error)) return this.repeatLater();
    const refused = new RefusedError(refusal ?? { reason: 'INTERNAL', message: 'Something went wrong on our side.' });
    switch (afterRefusal(refused.refusal.reason)) {
      case 'repeat':
        return this.repeatLater();
      case 'split':
        if (!this.queue.split()) this.refuse(refused);
        return undefined;
      case 'refuse':
        return this.refuse(refused);
      case 'renumber':
        this.failures = 0;
        return this.queue.refuseAndRenumber(refused);
    }
  }

  private refuse(error: RefusedError): void {
    // After an attempt without an answer the server may have decided these numbers already: they cannot be used again.
    if (this.failures > 0) this.queue.refuseAndRenumber(error);
    else this.queue.refuse(error);
    this.failures = 0;
  }

  private repeatLater(): Promise<void> {
    this.failures += 1;
    return this.opts.pause(delayBefore(this.failures, Math.random()));
  }
}

/** True when the server did answer, even without a reason that we know. */
function isAnswer(error: unknown): boolean {
  return error instanceof TRPCClientError && Boolean(error.data);
}
