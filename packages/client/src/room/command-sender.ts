/**
 * Brings the commands of one numbering to the server: one request in flight, repeated after a lost connection until it is
 * answered. The server decides each (clientId, seq) once, so repeating is always safe.
 */
import type { SendAnswer } from '@atrium/rooms';
import { TRPCClientError } from '@trpc/client';
import { delayBefore } from '../connection/backoff.ts';
import { SessionEndedError } from '../connection/connection.ts';
import type { OutboxBook } from '../outbox/outbox-book.ts';
import { RefusedError, refusalOf } from '../refusal.ts';
import { afterRefusal } from './after-refusal.ts';
import type { Batch, CommandQueue, Decided, QueuedCommand, Waiting } from './command-queue.ts';

export interface CommandSenderOptions {
  readonly queue: CommandQueue;
  /** Rejects with a `TRPCClientError` when the server refused, with anything else when it is unknown what happened. */
  readonly post: (batch: Batch) => Promise<SendAnswer>;
  /** Nothing is sent before it resolves; rejects when nothing may be sent. */
  readonly ready: () => Promise<void>;
  /** Waits; may return early. */
  readonly pause: (ms: number) => Promise<void>;
  /** Told before whoever waits for the command. */
  readonly onDecided?: (clientId: string, command: QueuedCommand, decided: Decided) => void;
  readonly onRefused?: (command: QueuedCommand, error: Error) => void;
  /** What is queued, or its numbers, changed. */
  readonly onChange?: () => void;
}

/** How often in a row a request is repeated that the server fails at, before it counts as one that it cannot take. */
const someTimes = 4;

export class CommandSender {
  readonly queue: CommandQueue;
  private readonly opts: CommandSenderOptions;
  private book: OutboxBook | null = null;
  private isRunning = false;
  private closedWith: Error | null = null;
  /** What later commands fail with while the earlier ones are still on their way. */
  private finishing: Error | null = null;
  private stopFinishing = (): void => undefined;
  private rest = (): void => undefined;
  /** Attempts in a row that were not answered. */
  private failures = 0;
  /** Of them, answers that say that the server failed inside. */
  private faults = 0;

  constructor(opts: CommandSenderOptions) {
    this.opts = opts;
    this.queue = opts.queue;
  }

  /** From now on what waits is on this device too. */
  keepIn(book: OutboxBook, opts: { readonly isThereAlready: boolean }): void {
    this.book = book;
    if (!opts.isThereAlready) book.add(this.queue.commands.map(toKept));
  }

  /** Lets go of what is kept: another page may take it over. Resolves when the device has everything. */
  async leaveBook(): Promise<void> {
    await this.book?.close();
  }

  /** How many commands are neither answered nor kept on this device. */
  get unkept(): number {
    const keptSeq = this.book?.keptSeq.get() ?? 0;
    return this.queue.commands.length - 1 - this.queue.commands.findLastIndex(({ seq }) => seq <= keptSeq);
  }

  /** The waiting one is told the decision; a `RefusedError`; or the error that the sender was closed with. */
  send(name: string, input: unknown, waiting: Waiting): void {
    const over = this.closedWith ?? this.finishing;
    if (over) return waiting.reject(over);
    const command = this.queue.add(name, input, waiting);
    if (!command) {
      return waiting.reject(
        new RefusedError({ reason: 'TOO_LARGE', message: 'This is too large to be sent at once.' }),
      );
    }
    this.book?.add([toKept(command)]);
    this.opts.onChange?.();
    return this.start();
  }

  /** Begins to send what is there, after the current turn: what one event handler sends travels together. */
  start(): void {
    if (this.isRunning || this.closedWith || this.queue.size === 0) return;
    this.isRunning = true;
    queueMicrotask(() => void this.run());
  }

  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void> {
    if (!this.isRunning) return Promise.resolve();
    const before = this.rest;
    return new Promise((resolve) => {
      this.rest = () => {
        before();
        resolve();
      };
    });
  }

  /** Commands that were decided in a history that is lost: they are decided again before what waits. */
  async resubmit(commands: readonly QueuedCommand[], opts: { readonly asNumbered: boolean }): Promise<void> {
    this.queue.restore(commands);
    this.book?.add(commands.map(toKept));
    if (!opts.asNumbered) await this.renumber();
    this.opts.onChange?.();
    this.start();
  }

  /** Takes nothing new; what waits is still sent, for at most `patience` milliseconds, and fails then. */
  finish(error: Error, patience: number): void {
    if (!this.isRunning) return this.close(error);
    this.finishing = error;
    const timer = setTimeout(() => this.close(error), patience);
    this.stopFinishing = () => clearTimeout(timer);
    return undefined;
  }

  /** Fails what is unanswered and everything that is sent later. What is kept on this device stays there. */
  close(error: Error): void {
    if (this.closedWith) return;
    this.closedWith = error;
    this.stopFinishing();
    for (const { waiting } of this.queue.clear()) waiting?.reject(error);
    this.opts.onChange?.();
    this.rest();
  }

  private async run(): Promise<void> {
    await this.opts.ready().catch((error: Error) => this.close(error));
    for (let batch = this.queue.nextBatch(); batch; batch = this.queue.nextBatch()) {
      await this.attempt(batch);
      this.opts.onChange?.();
    }
    this.isRunning = false;
    this.rest();
    if (this.finishing) this.close(this.finishing);
  }

  private async attempt(batch: Batch): Promise<void> {
    try {
      const answer = await this.opts.post(batch);
      // Renumbered or closed meanwhile: the answer is for numbers that nobody waits for any more.
      if (this.closedWith || batch.clientId !== this.queue.clientId) return;
      this.settle(answer);
      this.worked();
    } catch (error) {
      if (!this.closedWith) await this.recover(error);
    }
  }

  private settle({ epoch, ver, results }: SendAnswer): void {
    const known = new Map(results.map((result) => [result.seq, result]));
    for (const command of this.takeOff(this.queue.takeBatch())) {
      const result = known.get(command.seq);
      if (!result) {
        this.fail(command, new Error(`The server left command ${command.seq} without an answer.`));
        continue;
      }
      const decided = { result, epoch, ver };
      this.opts.onDecided?.(this.queue.clientId, command, decided);
      command.waiting?.resolve(decided);
    }
  }

  private async recover(error: unknown): Promise<void> {
    if (error instanceof SessionEndedError) return this.close(error);
    const refusal = refusalOf(error);
    if (!refusal && !isAnswer(error)) return this.repeatLater();
    const refused = new RefusedError(refusal ?? { reason: 'INTERNAL', message: 'Something went wrong on our side.' });
    switch (afterRefusal(refused.refusal.reason)) {
      case 'repeat':
        return this.repeatLater(refused.refusal.retryAfter);
      case 'repeat-some':
        this.faults += 1;
        return this.faults > someTimes ? this.refuse(refused) : this.repeatLater();
      case 'split':
        if (!this.queue.split()) await this.refuse(refused);
        return undefined;
      case 'stop':
        return this.close(new SessionEndedError('signed-out'));
      case 'resubmit':
        return this.renumber();
      case 'refuse':
        return this.refuse(refused);
    }
  }

  /** Whether their numbers were used is not always known, so the numbering ends with them. */
  private async refuse(error: RefusedError): Promise<void> {
    const refused = this.takeOff(this.queue.takeBatch());
    await this.renumber();
    for (const command of refused) this.fail(command, error);
  }

  private async renumber(): Promise<void> {
    this.queue.renumber();
    this.worked();
    await this.book?.move(this.queue.clientId, this.queue.commands.map(toKept));
  }

  private worked(): void {
    this.failures = 0;
    this.faults = 0;
  }

  private takeOff(commands: readonly QueuedCommand[]): readonly QueuedCommand[] {
    const last = commands.at(-1);
    if (last) this.book?.remove(last.seq);
    return commands;
  }

  private fail(command: QueuedCommand, error: Error): void {
    this.opts.onRefused?.(command, error);
    command.waiting?.reject(error);
  }

  private repeatLater(atLeast = 0): Promise<void> {
    this.failures += 1;
    return this.opts.pause(Math.max(atLeast, delayBefore(this.failures, Math.random())));
  }
}

function toKept({ seq, name, input }: QueuedCommand) {
  return { seq, name, input };
}

/** True when the server did answer, even without a reason that we know. */
function isAnswer(error: unknown): boolean {
  return error instanceof TRPCClientError && Boolean(error.data);
}
