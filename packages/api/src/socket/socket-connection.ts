import type { Identity, LiveConnection } from '@atrium/auth';
import type { EndReason } from '@atrium/rooms';
import { randomUUID } from 'node:crypto';
import type { Wire } from '../lane/wire.ts';

/** What the server's transport offers to a connection. */
export interface SocketDriver {
  /** Bytes that the peer has not taken yet. */
  bufferedBytes(): number;
  /** Closes with 4401 and the reason, once everything written before is on its way. */
  close(reason: EndReason): void;
  /** Writes down that the session is in use. */
  touch(): void;
  /** For events past the RPC layer; null where there is no socket. */
  readonly wire: Wire | null;
}

/** Above this many unsent bytes a stream waits; what happens meanwhile is joined. */
const highWater = 256 * 1024;
/** A tab shows a few rooms; each stream holds a place in a room and may write a snapshot of megabytes. */
const mostStreams = 64;
/** A peer that takes nothing for this long (ms) is gone. */
const stalledAfter = 30_000;
const pollEvery = 25;

/** One open tab: its identity was checked at the upgrade and stays good until `end` is called. */
export class SocketConnection implements LiveConnection {
  readonly isSocket = true;
  readonly id = randomUUID();
  identity: Identity;
  readonly #driver: SocketDriver;
  readonly #streams = new Set<(reason: EndReason) => Promise<void>>();
  readonly #rooms = new Map<string, number>();
  /** Aborted with a word: without one it makes an error with its stack, a quarter of what the end of a socket costs. */
  readonly #left = new AbortController();
  #ended: EndReason | null = null;
  /** Settles when the stream that begins now has written its first event. */
  #turn: Promise<void> = Promise.resolve();

  constructor(identity: Identity, driver: SocketDriver) {
    this.identity = identity;
    this.#driver = driver;
  }

  get publicId(): string {
    return this.identity.session.publicId;
  }

  get userId(): string {
    return this.identity.user.id;
  }

  /** Null while the session is good. Checked before every call and every send. */
  get ended(): EndReason | null {
    return this.#ended;
  }

  /** Aborts when the tab is closed or its session over: nothing needs to wait for it any more. */
  get left(): AbortSignal {
    return this.#left.signal;
  }

  /** The peer has gone. */
  leave(): void {
    this.#left.abort('left');
  }

  /** Ids of the rooms that this socket watches. */
  get rooms(): Iterable<string> {
    return this.#rooms.keys();
  }

  rename(name: string): void {
    this.identity = { ...this.identity, user: { ...this.identity.user, name } };
  }

  touch(): void {
    this.#driver.touch();
  }

  get wire(): Wire | null {
    return this.#driver.wire;
  }

  /** Lets go of a peer that takes nothing; it may come back. */
  stall(): void {
    this.#driver.close('draining');
  }

  /** Silences the socket at once, lets each stream say `end` as its last word, then closes it. */
  end(reason: EndReason): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#driver.wire?.silence();
    this.#left.abort(reason);
    const lastWords = [...this.#streams].map((stream) => stream(reason));
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 100).unref());
    void Promise.race([Promise.allSettled(lastWords), patience]).then(() => this.#driver.close(reason));
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** False when this socket carries as many streams as it may. */
  get canCarryMore(): boolean {
    return this.#streams.size < mostStreams;
  }

  /** Adds a stream that `end` must tell; it answers with a promise that settles when its last word is written. */
  addStream(roomId: string, tell: (reason: EndReason) => Promise<void>): () => void {
    this.#streams.add(tell);
    this.#rooms.set(roomId, (this.#rooms.get(roomId) ?? 0) + 1);
    return () => {
      if (!this.#streams.delete(tell)) return;
      const left = (this.#rooms.get(roomId) ?? 1) - 1;
      if (left === 0) this.#rooms.delete(roomId);
      else this.#rooms.set(roomId, left);
    };
  }

  /** Resolves when it is this stream's turn to begin; call what it answers once the first event is written. */
  async turn(signal: AbortSignal): Promise<() => void> {
    const before = this.#turn;
    let begun = () => {};
    this.#turn = new Promise((resolve) => (begun = resolve));
    await before;
    await this.drained(signal);
    return begun;
  }

  /** Resolves when the peer has taken enough to be sent more; closes the socket of a peer that takes nothing. */
  async drained(signal: AbortSignal): Promise<void> {
    const since = Date.now();
    while (this.#driver.bufferedBytes() > highWater && !signal.aborted && !this.#ended) {
      if (Date.now() - since > stalledAfter) {
        this.stall();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pollEvery));
    }
  }
}
