/**
 * Delivers what earlier pages left in rooms that nobody has open here: one numbering after the other, under the numbers
 * they were given. A room that is opened meanwhile takes its own, whoever claims a numbering first sends it.
 */
import type { AtriumClient } from '../atrium-client.ts';
import { CommandQueue, namesFrom, type QueuedCommand } from '../room/command-queue.ts';
import { CommandSender } from '../room/command-sender.ts';
import { postCommands } from '../room/post-commands.ts';
import type { Identity } from '../session/identity.ts';
import { OutboxBook } from './outbox-book.ts';
import type { OutboxPlace } from './outbox-store.ts';

/** A command that was kept and cannot be done any more. */
export interface UndeliverableCommand {
  readonly roomId: string;
  readonly name: string;
  readonly input: unknown;
  /** A sentence for the person. */
  readonly message: string;
}

interface Delivery {
  readonly person: Identity;
  readonly sessionCount: number;
  /** Gives up the claim on the numbering. */
  readonly free: () => void;
}

export class Courier {
  private readonly client: AtriumClient;
  private readonly onUndeliverable: (command: UndeliverableCommand) => void;
  private running: Promise<void> | null = null;
  private isAskedAgain = false;

  constructor(client: AtriumClient, onUndeliverable: (command: UndeliverableCommand) => void) {
    this.client = client;
    this.onUndeliverable = onUndeliverable;
  }

  /** Looks for what is kept and sends it. One round at a time. */
  start(): void {
    this.isAskedAgain = true;
    this.running ??= this.run().finally(() => (this.running = null));
  }

  private async run(): Promise<void> {
    while (this.isAskedAgain) {
      this.isAskedAgain = false;
      // A device that keeps nothing has nothing to deliver.
      await this.round().catch(() => undefined);
    }
  }

  private async round(): Promise<void> {
    const { outbox, connection } = this.client;
    const { sessionCount } = connection;
    if (connection.ended.get()) return;
    const person = await this.client.identity();
    if (!person) return;
    for (const place of await outbox.places(person.userId)) {
      if (connection.sessionCount !== sessionCount) return;
      const free = await outbox.claim(place.clientId);
      if (free) await this.deliver(place, { person, sessionCount, free });
    }
  }

  private async deliver(place: OutboxPlace, from: Delivery): Promise<void> {
    const { roomId } = place;
    const { person, sessionCount, free } = from;
    const kept = await this.client.outbox.read(place);
    const tell = ({ name, input }: QueuedCommand, message: string) =>
      this.onUndeliverable({ roomId, name, input, message });
    const sender = new CommandSender({
      queue: new CommandQueue(namesFrom(place.clientId), kept),
      ready: () => Promise.resolve(),
      post: (batch) => postCommands(this.client, { roomId, batch, person, sessionCount }),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      onDecided: (_clientId, command, { result }) => result.ok || tell(command, result.message),
      onRefused: (command, { message }) => tell(command, message),
    });
    sender.keepIn(new OutboxBook(this.client.outbox, { place, free }), { isThereAlready: true });
    sender.start();
    await sender.settled();
    await sender.leaveBook();
  }
}
