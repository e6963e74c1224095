/**
 * One open room: confirmed records, commands, presence, status.
 *
 * Invariant: the store is always the server's state at one version. A diff is applied only when it continues that
 * version; otherwise the subscription is opened again from the last good cursor (and, if that did not help, from nothing).
 */
import type { AppRouter } from '@atrium/api';
import type { CommandResult, EndReason, Json, PresencePerson, Role, RoomEvent } from '@atrium/rooms';
import { BrokenDiff, type Diff, type InputsOf } from '@atrium/rooms/kind';
import type { inferRouterInputs } from '@trpc/server';
import type { AtriumClient } from '../atrium-client.ts';
import { delayBefore } from '../connection/backoff.ts';
import { SessionEndedError } from '../connection/connection.ts';
import { Cell, type Observable } from '../observable.ts';
import { type Refusal, refusalOf } from '../refusal.ts';
import { CommandSender, type SentResult } from './command-sender.ts';
import { ConfirmedStore, type RecordStore, type Scheduler, scheduleFrame } from './record-store.ts';
import { RoomPresence } from './room-presence.ts';

/** The part of a room kind that the client needs: its name, and what its commands take. */
export interface ClientKind {
  readonly name: string;
  readonly inputTypes?: unknown;
}

/** How the room is doing; a new object after each change. */
export interface RoomStatus {
  /** `refused`: the server said no (see `refusal`) · `ended`: it was taken away (see `endReason`). Both are final. */
  readonly phase: 'opening' | 'live' | 'reconnecting' | 'refused' | 'ended';
  /** Null until the first snapshot. */
  readonly role: Role | null;
  readonly refusal: Refusal | null;
  readonly endReason: EndReason | null;
}

export interface OpenRoomOptions<Kind extends ClientKind> {
  readonly kind: Kind;
  readonly roomId: string;
  /** Names this open room to the server; default: random. Two rooms that are open at once must not share one. */
  readonly clientId?: string | undefined;
  /** Default: once per frame. */
  readonly schedule?: Scheduler | undefined;
}

/** The room was closed on this side before the command was sent, or too long before it was answered. */
export class RoomClosedError extends Error {
  constructor() {
    super('The room is closed.');
    this.name = 'RoomClosedError';
  }
}

type Meta = inferRouterInputs<AppRouter>['rooms']['setPresence']['meta'];

/** How long a room that was left goes on sending what is queued, milliseconds. */
const patienceMs = 30_000;

/** Presence is dropped while more than this waits in the socket, bytes. */
const maxBuffered = 64 * 1024;

export class Room<Kind extends ClientKind = ClientKind> {
  readonly roomId: string;
  readonly kind: Kind;
  readonly store: RecordStore;
  readonly status: Observable<RoomStatus>;
  /** How many commands the server has not answered yet. */
  readonly pending: Observable<number>;
  /** Everyone in the room, oneself included, each person once. */
  readonly people: Observable<readonly PresencePerson[]>;

  private readonly client: AtriumClient;
  private readonly confirmed: ConfirmedStore;
  private readonly sender: CommandSender;
  private readonly presence: RoomPresence;
  private readonly statusCell = new Cell<RoomStatus>({
    phase: 'opening',
    role: null,
    refusal: null,
    endReason: null,
  });
  private readonly leaveConnection: () => void;
  private watching: { unsubscribe(): void } | null = null;
  private watchId = 0;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private isClosed = false;
  private epoch = 0;
  private ver = 0;
  private cursor: string | undefined;
  /** Commands that are decided in a version which the store does not show yet. */
  private awaitingVersion: { epoch: number; ver: number; done: () => void }[] = [];

  constructor(client: AtriumClient, opts: OpenRoomOptions<Kind>) {
    const { roomId } = opts;
    this.client = client;
    this.roomId = roomId;
    this.kind = opts.kind;
    this.confirmed = new ConfirmedStore(opts.schedule ?? scheduleFrame);
    this.store = this.confirmed;
    this.status = this.statusCell;
    let firstClientId = opts.clientId;
    this.sender = new CommandSender({
      post: (batch) =>
        client.trpc.rooms.send.mutate({ roomId, clientId: batch.clientId, commands: [...batch.commands] }),
      newClientId: () => {
        const id = firstClientId ?? crypto.randomUUID();
        firstClientId = undefined;
        return id;
      },
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    this.pending = this.sender.pending;
    this.presence = this.openPresence();
    this.people = this.presence.people;
    this.leaveConnection = client.connection.status.subscribe(() => this.onConnection());
    this.watch();
  }

  /**
   * Sends a command and resolves with the server's decision, once the store shows it. A rejection by the room's rules is
   * an answer (`ok: false`), not an error. Rejects with `RefusedError` when the request was refused as a whole,
   * `SessionEndedError` when the session ended, `RoomClosedError` when the room was closed on this side.
   */
  async send<Name extends keyof InputsOf<Kind> & string>(
    name: Name,
    input: InputsOf<Kind>[Name],
  ): Promise<CommandResult> {
    const sent = await this.sender.send(name, input);
    await this.shows(sent);
    return sent.result;
  }

  /** Tells the others about this tab (cursor, selection), at most every 50 ms. */
  setPresence(meta: Json): void {
    this.presence.set(meta);
  }

  /** Throws the local copy away and takes the server's again. */
  refetch(): void {
    this.cursor = undefined;
    this.watch();
  }

  /**
   * Leaves the room. What is queued is still brought to the server: `pending` counts it down. It rejects with
   * `RoomClosedError` when it is not answered within 30 s, with `SessionEndedError` when the session ends before.
   */
  close(): void {
    if (this.isClosed) return;
    this.leave();
    void this.sender.finish(new RoomClosedError(), patienceMs).then(this.leaveConnection);
  }

  private openPresence(): RoomPresence {
    const { client, roomId } = this;
    return new RoomPresence({
      subscribe: (onEvent) => {
        const subscription = client.trpc.rooms.presence.subscribe(
          { roomId },
          { onData: onEvent, onError: () => undefined },
        );
        return () => subscription.unsubscribe();
      },
      // The same JSON; the schema's type only lacks `readonly`.
      post: (meta) => void client.trpc.rooms.setPresence.mutate({ roomId, meta: meta as Meta }).catch(() => undefined),
      canPost: () => client.connection.status.get() === 'live' && client.connection.bufferedAmount < maxBuffered,
    });
  }

  private watch(): void {
    this.watching?.unsubscribe();
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
    if (this.isClosed) return;
    const { roomId, cursor } = this;
    // The observer of a subscription that was replaced must not be heard any more.
    const watchId = ++this.watchId;
    const isCurrent = () => this.watchId === watchId && !this.isClosed;
    this.watching = this.client.trpc.rooms.watch.subscribe(cursor ? { roomId, lastEventId: cursor } : { roomId }, {
      onStarted: () => isCurrent() && this.onStarted(),
      // JSON arrives as the server typed it; only the inference loses readonly tuples.
      onData: ({ id, data }) => isCurrent() && this.onEvent(id, data as RoomEvent),
      onError: (error) => isCurrent() && this.onWatchError(error),
      onComplete: () => isCurrent() && this.watchLater(),
    });
  }

  private watchLater(): void {
    this.failures += 1;
    this.setStatus({ phase: this.cursor ? 'reconnecting' : 'opening' });
    if (this.retry) clearTimeout(this.retry);
    this.retry = setTimeout(() => this.watch(), delayBefore(this.failures, Math.random()));
  }

  private onStarted(): void {
    // Resumed without having missed anything: no event will come to say so.
    if (this.cursor) this.setStatus({ phase: 'live' });
  }

  private onEvent(cursor: string, event: RoomEvent): void {
    switch (event.type) {
      case 'snapshot':
        this.epoch = event.epoch;
        this.ver = event.ver;
        this.confirmed.replace(event.state);
        this.setStatus({ phase: 'live', role: event.role });
        break;
      case 'diff':
        if (event.ver <= this.ver) return;
        if (event.prev !== this.ver) return this.onGap();
        if (!this.applyDiff(event.diff)) return this.refetch();
        this.ver = event.ver;
        this.setStatus({ phase: 'live' });
        break;
      case 'role':
        this.setStatus({ role: event.role });
        break;
      case 'end':
        return this.onEnd(event.reason);
    }
    this.cursor = cursor;
    this.failures = 0;
    this.releaseShown();
  }

  /** False when the diff does not fit what is here: then this copy is wrong, whatever the reason. */
  private applyDiff(diff: Diff): boolean {
    try {
      this.confirmed.apply(diff);
      return true;
    } catch (error) {
      if (error instanceof BrokenDiff) return false;
      throw error;
    }
  }

  /** A diff does not continue what we have: ask again for what follows it; the second time for everything. */
  private onGap(): void {
    this.failures += 1;
    if (this.failures > 1) this.cursor = undefined;
    this.watch();
  }

  private onEnd(reason: EndReason): void {
    if (reason === 'draining') return this.watchLater();
    this.setStatus({ phase: 'ended', endReason: reason });
    this.stop(new SessionEndedError(reason));
  }

  private onWatchError(error: unknown): void {
    const ended = this.client.connection.ended.get();
    if (ended) return this.onEnd(ended);
    const refusal = refusalOf(error);
    if (!refusal || refusal.reason === 'UNAVAILABLE' || refusal.reason === 'TOO_MANY') return this.watchLater();
    this.setStatus({ phase: 'refused', refusal });
    this.stop(new RoomClosedError());
  }

  private onConnection(): void {
    if (this.isClosed) return this.onConnectionAfterwards();
    const ended = this.client.connection.ended.get();
    if (ended) return this.onEnd(ended);
    const { phase } = this.statusCell.get();
    if (phase === 'live' && this.client.connection.status.get() !== 'live') this.setStatus({ phase: 'reconnecting' });
  }

  /** What is queued belongs to this session: nothing of it may go over a socket that is opened for another one. */
  private onConnectionAfterwards(): void {
    const { ended, status } = this.client.connection;
    const reason = ended.get();
    if (reason) this.sender.close(new SessionEndedError(reason));
    else if (status.get() === 'idle') this.sender.close(new RoomClosedError());
  }

  private stop(error: Error): void {
    if (this.isClosed) return;
    this.leave();
    this.leaveConnection();
    this.sender.close(error);
  }

  private leave(): void {
    this.isClosed = true;
    if (this.retry) clearTimeout(this.retry);
    this.watching?.unsubscribe();
    this.presence.close();
    for (const { done } of this.awaitingVersion.splice(0)) done();
  }

  private shows({ epoch, ver }: SentResult): Promise<void> {
    if (this.isClosed || epoch !== this.epoch || ver <= this.ver) return Promise.resolve();
    return new Promise((done) => this.awaitingVersion.push({ epoch, ver, done }));
  }

  private releaseShown(): void {
    const isShown = (wait: { epoch: number; ver: number }) => wait.epoch !== this.epoch || wait.ver <= this.ver;
    const shown = this.awaitingVersion.filter(isShown);
    this.awaitingVersion = this.awaitingVersion.filter((wait) => !isShown(wait));
    for (const { done } of shown) done();
  }

  private setStatus(change: Partial<RoomStatus>): void {
    const before = this.statusCell.get();
    const after = { ...before, ...change };
    const isSame = after.phase === before.phase && after.role === before.role;
    if (!isSame) this.statusCell.set(after);
  }
}

/** Opens a room: subscribes to its state and presence at once. Close it when nobody looks any more. */
export function openRoom<Kind extends ClientKind>(client: AtriumClient, opts: OpenRoomOptions<Kind>): Room<Kind> {
  return new Room(client, opts);
}
