/**
 * The commands of one open room: those of this page, and those that an earlier page left on this device. The earlier ones
 * go first, under the numbers that they were given then.
 */
import type { AtriumClient } from '../atrium-client.ts';
import { SessionEndedError } from '../connection/connection.ts';
import { Cell, type Observable } from '../observable.ts';
import { OutboxBook } from '../outbox/outbox-book.ts';
import type { OutboxPlace } from '../outbox/outbox-store.ts';
import { RefusedError } from '../refusal.ts';
import type { Identity } from '../session/identity.ts';
import { CommandQueue, type Decided, namesFrom, type QueuedCommand, type Waiting } from './command-queue.ts';
import { CommandSender } from './command-sender.ts';
import { DecidedCommands } from './decided-commands.ts';
import { postCommands } from './post-commands.ts';
import type { UnansweredCommand } from './room-store.ts';

/** A command that changed nothing, and why. */
export interface RejectedCommand {
  readonly name: string;
  readonly input: unknown;
  /** A sentence for the person. */
  readonly message: string;
  /** True for one of an earlier page: nobody here waits for its answer. */
  readonly isFromBefore: boolean;
}

export interface RoomCommandsOptions {
  readonly client: AtriumClient;
  readonly roomId: string;
  readonly clientId?: string | undefined;
  /** The person, or what is unanswered, is another one than before. */
  readonly onChange: () => void;
  readonly onRejected: (rejected: RejectedCommand) => void;
  /** A command was accepted; it is unanswered for the store until it shows `decided.ver`. */
  readonly onAccepted: (command: QueuedCommand, decided: Decided) => void;
}

export class RoomCommands {
  private readonly opts: RoomCommandsOptions;
  private readonly sessionCount: number;
  private readonly own: CommandSender;
  private readonly decided = new DecidedCommands();
  private readonly pendingCell = new Cell(0);
  private readonly unkeptCell = new Cell(0);
  private readonly left = new AbortController();
  /** Of earlier pages, in the order in which they are sent. */
  private earlier: CommandSender[] = [];
  private person: Identity | null = null;

  constructor(opts: RoomCommandsOptions) {
    this.opts = opts;
    this.sessionCount = opts.client.connection.sessionCount;
    let firstClientId = opts.clientId;
    const queue = new CommandQueue(() => {
      const id = firstClientId ?? crypto.randomUUID();
      firstClientId = undefined;
      return id;
    });
    const prepared = this.prepare(queue.clientId);
    // The first command hears of it; there may never be one.
    prepared.catch(() => undefined);
    this.own = this.createSender(queue, () => prepared);
  }

  /** How many commands the server has not answered, those of earlier pages included. */
  get pending(): Observable<number> {
    return this.pendingCell;
  }

  /** How many of them would be lost with this page. */
  get unkept(): Observable<number> {
    return this.unkeptCell;
  }

  /** Who sends, once the server has said it. */
  get identity(): Identity | null {
    return this.person;
  }

  *unanswered(): Iterable<UnansweredCommand & { readonly clientId: string; readonly seq: number }> {
    for (const { queue } of [...this.earlier, this.own]) {
      for (const command of queue.commands) yield { ...command, clientId: queue.clientId };
    }
  }

  /** True for a numbering that is sent from here. */
  isOurs(clientId: string): boolean {
    return this.own.queue.clientId === clientId || this.earlier.some(({ queue }) => queue.clientId === clientId);
  }

  send(name: string, input: unknown, waiting: Waiting): void {
    this.own.send(name, input, waiting);
  }

  /** A snapshot of another history: what it does not hold of ours is decided again. */
  onNewEpoch(clientSeq: { readonly [clientId: string]: number }): void {
    const { clientId } = this.own.queue;
    const forgotten = this.decided.forgotten({
      clientId,
      lastSeq: clientSeq[clientId] ?? 0,
      nextSeq: this.own.queue.nextSeq,
      now: Date.now(),
    });
    if (forgotten) void this.own.resubmit(forgotten.commands, { asNumbered: forgotten.asNumbered });
  }

  /** Takes nothing new; what waits is still sent for a while, and stays on this device after that. */
  async finish(reason: Error, patience: number): Promise<void> {
    const senders = [...this.earlier, this.own];
    for (const sender of senders) sender.finish(reason, patience);
    await Promise.all(senders.map((sender) => sender.settled()));
    await this.leave(senders);
  }

  /** Stops at once; what is on this device stays there. */
  close(error: Error): void {
    const senders = [...this.earlier, this.own];
    for (const sender of senders) sender.close(error);
    void this.leave(senders);
  }

  /** What could not be sent is for whoever comes next. */
  private async leave(senders: readonly CommandSender[]): Promise<void> {
    this.left.abort();
    await Promise.all(senders.map((sender) => sender.leaveBook()));
    if (this.person) this.opts.client.deliverKept();
  }

  /** Rejects with `SessionEndedError` when nobody is signed in. Whatever the device does, sending goes on. */
  private async prepare(clientId: string): Promise<void> {
    const { client, roomId } = this.opts;
    const person = await client.identity();
    if (!person) throw new SessionEndedError('signed-out');
    if (client.connection.sessionCount !== this.sessionCount) throw new SessionEndedError('signed-out');
    this.person = person;
    if (this.left.signal.aborted) return;
    const place = { userId: person.userId, roomId, clientId };
    const book = new OutboxBook(client.outbox, { place });
    book.keptSeq.subscribe(() => this.changed());
    this.own.keepIn(book, { isThereAlready: false });
    await this.adoptAll(person.userId, clientId).catch(() => undefined);
    this.opts.onChange();
    for (const sender of this.earlier) {
      sender.start();
      await sender.settled();
    }
  }

  private async adoptAll(userId: string, clientId: string): Promise<void> {
    const { outbox } = this.opts.client;
    for (const place of await outbox.places(userId)) {
      if (place.roomId !== this.opts.roomId || place.clientId === clientId) continue;
      const free = await outbox.claim(place.clientId);
      if (free) await this.adopt(place, free);
      else void this.adoptLater(place).catch(() => undefined);
    }
  }

  /** Another page that is alive sends them; should it die, they are ours to send. */
  private async adoptLater(place: OutboxPlace): Promise<void> {
    const free = await this.opts.client.outbox.claim(place.clientId, { wait: this.left.signal });
    if (!free) return;
    const sender = await this.adopt(place, free);
    this.opts.onChange();
    sender?.start();
  }

  private async adopt(place: OutboxPlace, free: () => void): Promise<CommandSender | null> {
    const kept = await this.opts.client.outbox.read(place);
    if (kept.length === 0 || this.left.signal.aborted) {
      free();
      return null;
    }
    const sender = this.createSender(new CommandQueue(namesFrom(place.clientId), kept), () => Promise.resolve());
    sender.keepIn(new OutboxBook(this.opts.client.outbox, { place, free }), { isThereAlready: true });
    this.earlier.push(sender);
    this.changed();
    return sender;
  }

  private createSender(queue: CommandQueue, ready: () => Promise<void>): CommandSender {
    const { client, roomId } = this.opts;
    return new CommandSender({
      queue,
      ready,
      post: (batch) => postCommands(client, { roomId, batch, person: this.person, sessionCount: this.sessionCount }),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onDecided: (clientId, command, decided) => this.onDecided({ clientId, command, decided }),
      onRefused: (command, error) => {
        if (error instanceof RefusedError) this.reject(command, error.message);
      },
      onChange: () => this.changed(),
    });
  }

  private onDecided(opts: { clientId: string; command: QueuedCommand; decided: Decided }): void {
    const { result } = opts.decided;
    if (opts.clientId === this.own.queue.clientId) this.decided.note(opts.clientId, opts.command, Date.now());
    if (result.ok) this.opts.onAccepted(opts.command, opts.decided);
    else this.reject(opts.command, result.message);
  }

  private reject({ name, input, waiting }: QueuedCommand, message: string): void {
    this.opts.onRejected({ name, input, message, isFromBefore: waiting === null });
  }

  private changed(): void {
    for (const sender of this.earlier.filter(({ queue }) => queue.size === 0)) void sender.leaveBook();
    this.earlier = this.earlier.filter(({ queue }) => queue.size > 0);
    const earlier = this.earlier.reduce((sum, { queue }) => sum + queue.size, 0);
    this.pendingCell.set(earlier + (this.own?.queue.size ?? 0));
    this.unkeptCell.set(this.own?.unkept ?? 0);
  }
}
