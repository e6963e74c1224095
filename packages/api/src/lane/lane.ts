import { startTimer } from '@atrium/auth';
import type { CursoredEvent, EndReason, RoomEvent, Watcher } from '@atrium/rooms';
import { messageText, snapshotMessage } from './event-text.ts';
import { type FedLane, LaneFeed } from './lane-feed.ts';
import { highWater, type Wire, type WireId } from './wire.ts';

export interface LaneOptions {
  readonly watcher: Watcher;
  readonly wire: Wire;
  readonly connection: LaneConnection;
  /** Told of the bytes of each snapshot. */
  readonly onSnapshot: (bytes: number) => void;
}

export interface LaneConnection {
  /** Why the session is over, null while it is not. */
  readonly ended: EndReason | null;
  /** Lets go of a peer that takes nothing. */
  stall(): void;
}

/** A peer that takes nothing for this long (ms) is gone. */
const stalledAfter = 30_000;

/**
 * The way of a room's events to one subscriber past the machinery of async generators. It is bound to its subscription
 * when tRPC encodes the one message that carries it, and what is sent then is the first event. A viewer who has
 * everything follows the feed of its view, which writes the same bytes to all; what is the viewer's own it takes itself.
 * Everything else of a subscription (checks, errors, stopping) stays tRPC's. Rules: SPEC.md beside.
 */
export class Lane implements FedLane {
  readonly wire: Wire;
  readonly #watcher: Watcher;
  readonly #connection: LaneConnection;
  readonly #onSnapshot: (bytes: number) => void;
  #id: WireId = null;
  #isBound = false;
  #feed: LaneFeed | null = null;
  /** Ends the patience with a peer that is behind; null while it is not. */
  #forgive: (() => void) | null = null;
  /** Whoever waits: for the first event until it is bound, then for the end. */
  #wake: (() => void) | null = null;

  constructor({ watcher, wire, connection, onSnapshot }: LaneOptions) {
    this.#watcher = watcher;
    this.wire = wire;
    this.#connection = connection;
    this.#onSnapshot = onSnapshot;
    watcher.onNews(() => this.#look());
  }

  /** Resolves when there is a first event, or the subscriber has left. */
  async ready(): Promise<void> {
    while (!this.#watcher.isDone && !this.#watcher.hasNews) await this.#change();
  }

  /** Resolves after the last event, or when the subscriber has left. */
  async done(): Promise<void> {
    while (!this.#watcher.isDone) await this.#change();
  }

  /**
   * Answers what tRPC sends instead of the message that carries this lane: the first event. Of a large snapshot that is
   * the second fragment, the first one is on its way then.
   */
  bind(id: WireId): string | Buffer<ArrayBuffer> {
    this.#id = id;
    this.#isBound = true;
    // tRPC has written what is answered here by then.
    queueMicrotask(() => {
      this.#checkPeer();
      this.step();
    });
    const message = this.#messageOf(this.#next());
    if (typeof message === 'string') return message;
    this.wire.begin(message.head);
    return message.tail;
  }

  /** Writes what is left to tell to this viewer alone, and follows the feed after that. */
  step(): void {
    this.leaveFeed();
    while (this.#isBound && this.wire.isOpen && (this.#forgive === null || this.#watcher.isEnding)) {
      const next = this.#next();
      if (next === null) break;
      this.#send(next);
      this.#checkPeer();
    }
    if (this.#watcher.isDone) this.#close();
    else if (this.#isBound && this.#forgive === null) this.#follow();
  }

  /** Called by the feed when the wire does not take what happened since `ver`: nothing is queued for a peer that is behind. */
  fallBehind(ver: number): void {
    if (this.#connection.ended === null && this.wire.isOpen) this.#waitForPeer(ver);
  }

  /** `ver`: what the viewer was told last, when that is not what the feed has told. */
  leaveFeed(ver?: number): void {
    if (this.#feed === null) return;
    const told = this.#feed.leave(this, this.#id);
    this.#feed = null;
    this.#watcher.unfollow(ver ?? told);
  }

  #look(): void {
    if (this.#isBound) this.step();
    else this.#wake?.();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }

  #follow(): void {
    const feed = this.#watcher.follow();
    if (feed === null) return;
    this.#feed = LaneFeed.of(feed);
    this.#feed.join(this, this.#id);
  }

  /** What may be told now: nothing of the room any more when the session is over. */
  #next(): CursoredEvent | null {
    for (let next = this.#watcher.take(); next !== null; next = this.#watcher.take()) {
      if (this.#connection.ended === null || next.event.type === 'end') return next;
    }
    return null;
  }

  #send(next: CursoredEvent): void {
    const message = this.#messageOf(next);
    if (typeof message === 'string') {
      this.wire.send(message);
      return;
    }
    this.wire.begin(message.head);
    this.wire.send(message.tail);
  }

  #messageOf(next: CursoredEvent | null): string | { readonly head: string; readonly tail: Buffer<ArrayBuffer> } {
    // Nothing is left for a subscriber who stopped in this very moment: tRPC's own first word once more.
    if (next === null) return JSON.stringify({ id: this.#id, result: { type: 'started' } });
    const { cursor, event } = next;
    if (event.type !== 'snapshot') return messageText(this.#id, next);
    return this.#snapshot(cursor, event);
  }

  #snapshot(cursor: string, event: Extract<RoomEvent, { type: 'snapshot' }>) {
    const message = snapshotMessage(this.#id, cursor, event);
    this.#onSnapshot(typeof message === 'string' ? message.length : message.head.length + message.tail.length);
    return message;
  }

  #checkPeer(): void {
    if (this.#forgive === null && this.wire.unread > highWater) this.#waitForPeer();
  }

  #waitForPeer(ver?: number): void {
    this.leaveFeed(ver);
    this.#expect();
    this.wire.onDrained(() => {
      this.#forgive?.();
      this.#forgive = null;
      this.step();
    });
  }

  /** Gives the peer time to take something. */
  #expect(): void {
    const before = this.wire.unread;
    this.#forgive = startTimer(stalledAfter, () => {
      if (this.wire.unread < before) this.#expect();
      else this.#connection.stall();
    });
  }

  #close(): void {
    this.leaveFeed();
    this.#forgive?.();
    this.#wake?.();
  }
}
