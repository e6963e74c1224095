/**
 * One open room: records, commands, presence, status.
 *
 * Invariant: what is confirmed is always the server's state at one version. A diff is applied only when it continues that
 * version; otherwise the subscription is opened again from the last good cursor (and, if that did not help, from nothing).
 */
import type { AppRouter } from '@atrium/api';
import type { CommandResult, DoneBy, EndReason, Json, PresencePerson, RoomEvent } from '@atrium/rooms';
import { BrokenDiff, type CommandContext, type Diff, type InputsOf, type StateReader } from '@atrium/rooms/kind';
import type { inferRouterInputs } from '@trpc/server';
import type { AtriumClient } from '../atrium-client.ts';
import { SessionEndedError } from '../connection/connection.ts';
import { Cell, type Observable } from '../observable.ts';
import { refusalOf } from '../refusal.ts';
import { type ClientKind, isRoomKind } from './client-kind.ts';
import type { Decided } from './command-queue.ts';
import { type RecordStore, type Scheduler, scheduleFrame } from './record-store.ts';
import { type RejectedCommand, RoomCommands } from './room-commands.ts';
import { RoomPresence } from './room-presence.ts';
import { openingStatus, type RoomStatus } from './room-status.ts';
import { RoomStore, type UnansweredCommand } from './room-store.ts';
import { type EventOutcome, RoomStream } from './room-stream.ts';
import { RoomUndo } from './room-undo.ts';

export interface OpenRoomOptions<Kind extends ClientKind> {
  readonly kind: Kind;
  readonly roomId: string;
  /** Names this open room to the server; default: random. Two rooms that are open at once must not share one. */
  readonly clientId?: string | undefined;
  /** Default: once per frame. */
  readonly schedule?: Scheduler | undefined;
}

/** The room was closed on this side before the command was answered. */
export class RoomClosedError extends Error {
  constructor() {
    super('The room is closed.');
    this.name = 'RoomClosedError';
  }
}

type Meta = inferRouterInputs<AppRouter>['rooms']['setPresence']['meta'];

/** How long a room that was left goes on bringing its last commands to the server, milliseconds. */
const lastWords = 30_000;

/** Presence is dropped while more than this waits in the socket, bytes. */
const maxBuffered = 64 * 1024;

export class Room<Kind extends ClientKind = ClientKind> {
  readonly roomId: string;
  readonly kind: Kind;
  /** What to show: the confirmed records, and on top of them what the server has not answered. */
  readonly store: RecordStore;
  /** Takes back what this person did here, and does it again; nobody else's work is touched. */
  readonly history: RoomUndo;
  readonly status: Observable<RoomStatus>;
  /** How many commands the server has not answered yet, those of earlier pages included. */
  readonly pending: Observable<number>;
  /** How many of them are not kept on this device: they would be lost with this page. */
  readonly unkept: Observable<number>;
  /** Everyone in the room, oneself included, each person once. */
  readonly people: Observable<readonly PresencePerson[]>;

  private readonly client: AtriumClient;
  private readonly records: RoomStore;
  private readonly commands: RoomCommands;
  private readonly rejectedListeners = new Set<(rejected: RejectedCommand) => void>();
  private readonly stream: RoomStream;
  private readonly presence: RoomPresence;
  private readonly statusCell = new Cell<RoomStatus>(openingStatus);
  private readonly leaveConnection: () => void;
  private isClosed = false;
  private epoch = 0;
  private ver = 0;
  /** Of each of our numberings the last number that is in the confirmed state. */
  private readonly confirmedSeqs = new Map<string, number>();
  /** Commands that are accepted in a version which is not confirmed here yet. */
  private accepted: (UnansweredCommand & { readonly epoch: number; readonly ver: number })[] = [];
  /** Who waits for a version to be shown. */
  private awaitingVersion: { epoch: number; ver: number; done: () => void }[] = [];

  constructor(client: AtriumClient, opts: OpenRoomOptions<Kind>) {
    const { roomId } = opts;
    this.client = client;
    this.roomId = roomId;
    this.kind = opts.kind;
    this.commands = new RoomCommands({
      client,
      roomId,
      clientId: opts.clientId,
      onChange: () => this.records.run(),
      onRejected: (rejected) => {
        for (const listener of this.rejectedListeners) listener(rejected);
        this.records.settle();
      },
      onAccepted: (command, { epoch, ver }) => {
        if (!this.isShown({ epoch, ver })) this.accepted.push({ ...command, epoch, ver });
      },
    });
    this.records = new RoomStore({
      schedule: opts.schedule ?? scheduleFrame,
      kind: isRoomKind(opts.kind) ? opts.kind : null,
      unanswered: () => this.unanswered(),
      context: () => this.context(),
    });
    this.store = this.records;
    this.history = new RoomUndo({
      kind: isRoomKind(opts.kind) ? opts.kind : null,
      store: this.records,
      perform: async (command) => {
        this.records.paint(command);
        return (await this.perform(command)).ok;
      },
    });
    this.status = this.statusCell;
    this.pending = this.commands.pending;
    this.unkept = this.commands.unkept;
    this.presence = this.openPresence();
    this.people = this.presence.people;
    this.leaveConnection = client.connection.status.subscribe(() => this.onConnection());
    this.stream = this.openStream();
    this.stream.open();
  }

  /** The records without what the server has not answered. */
  get confirmed(): StateReader {
    return this.records.confirmed;
  }

  /**
   * Does a command: the store shows it at once, the device keeps it, and it is sent until the server has answered.
   * Resolves with the server's decision, once that is shown. A rejection by the room's rules is an answer (`ok: false`),
   * not an error. Rejects with `RefusedError` when the request was refused as a whole; with `SessionEndedError` when the
   * session ended and with `RoomClosedError` when the room was closed on this side: then it stays on this device and is
   * sent when the same person is back.
   */
  async send<Name extends keyof InputsOf<Kind> & string>(
    name: Name,
    input: InputsOf<Kind>[Name],
  ): Promise<CommandResult> {
    const step = this.records.paint({ name, input });
    this.history.note(step);
    try {
      const result = await this.perform({ name, input });
      if (!result.ok) this.history.drop(step);
      return result;
    } catch (error) {
      this.history.drop(step);
      this.records.settle();
      throw error;
    }
  }

  /** Calls `listener` with each command that changed nothing, and why; those of earlier pages included. */
  onRejected(listener: (rejected: RejectedCommand) => void): () => void {
    this.rejectedListeners.add(listener);
    return () => this.rejectedListeners.delete(listener);
  }

  /** Tells the others about this tab (cursor, selection), at most every 50 ms. */
  setPresence(meta: Json): void {
    this.presence.set(meta);
  }

  /** Throws what is confirmed here away and takes the server's again. */
  refetch(): void {
    this.stream.restart();
  }

  /**
   * Leaves the room: nothing of it is heard any more. What was sent before and is not answered is still brought to the
   * server; it rejects with `RoomClosedError` when that takes too long, and stays on this device.
   */
  close(): void {
    this.stop((error) => void this.commands.finish(error, lastWords));
  }

  private async perform({ name, input }: UnansweredCommand): Promise<CommandResult> {
    const decided = await new Promise<Decided>((resolve, reject) => {
      this.commands.send(name, input, { resolve, reject });
    });
    await this.shows(decided);
    return decided.result;
  }

  private openPresence(): RoomPresence {
    const { client, roomId } = this;
    return new RoomPresence({
      subscribe: ({ onEvent, onError, onComplete }) => {
        const subscription = client.trpc.rooms.presence.subscribe({ roomId }, { onData: onEvent, onError, onComplete });
        return () => subscription.unsubscribe();
      },
      // The same JSON; the schema's type only lacks `readonly`.
      post: (meta) => void client.trpc.rooms.setPresence.mutate({ roomId, meta: meta as Meta }).catch(() => undefined),
      canPost: () => client.connection.status.get() === 'live' && client.connection.bufferedAmount < maxBuffered,
    });
  }

  private openStream(): RoomStream {
    const { client, roomId } = this;
    return new RoomStream({
      subscribe: (cursor, { onStarted, onData, onError, onComplete }) => {
        const input = cursor ? { roomId, lastEventId: cursor } : { roomId };
        const subscription = client.trpc.rooms.watch.subscribe(input, {
          onStarted,
          // JSON arrives as the server typed it; only the inference loses readonly tuples.
          onData: ({ id, data }) => onData(id, data as RoomEvent),
          onError,
          onComplete,
        });
        return () => subscription.unsubscribe();
      },
      onEvent: (event) => this.onEvent(event),
      onResumed: () => this.setStatus({ phase: 'live' }),
      onLost: (isFirst) => this.setStatus({ phase: isFirst ? 'opening' : 'reconnecting' }),
      onRefused: (error) => this.onRefused(error),
    });
  }

  private onEvent(event: RoomEvent): EventOutcome {
    switch (event.type) {
      case 'snapshot':
        this.onSnapshot(event);
        break;
      case 'diff':
        if (event.ver <= this.ver) return 'old';
        if (event.prev !== this.ver) return 'gap';
        if (!this.applyDiff(event.diff)) return 'broken';
        this.ver = event.ver;
        for (const { clientId, seq } of event.acks) {
          if (this.commands.isOurs(clientId)) this.confirmedSeqs.set(clientId, seq);
        }
        this.setStatus({ phase: 'live' });
        break;
      case 'role':
        this.setStatus({
          ...{ role: event.role, archived: event.archived ?? false, frozen: event.frozen ?? false },
          by: event.by ?? null,
        });
        this.records.settle();
        break;
      case 'end':
        this.onEnd(event.reason, event.by);
        return 'over';
    }
    this.releaseShown();
    return 'taken';
  }

  private onSnapshot(event: Extract<RoomEvent, { type: 'snapshot' }>): void {
    const isOther = this.epoch !== 0 && this.epoch !== event.epoch;
    this.epoch = event.epoch;
    this.ver = event.ver;
    this.confirmedSeqs.clear();
    for (const [clientId, seq] of Object.entries(event.clientSeq)) this.confirmedSeqs.set(clientId, seq);
    this.accepted = this.accepted.filter((command) => !this.isShown(command));
    // Before the state: whatever runs on it is then complete.
    this.setStatus({ phase: 'live', role: event.role });
    if (isOther) this.commands.onNewEpoch(event.clientSeq);
    this.records.replace(event.state);
  }

  /** False when the diff does not fit what is here: then this copy is wrong, whatever the reason. */
  private applyDiff(diff: Diff): boolean {
    try {
      this.records.apply(diff);
      return true;
    } catch (error) {
      if (error instanceof BrokenDiff) return false;
      throw error;
    }
  }

  private onEnd(reason: EndReason, by?: DoneBy): void {
    if (reason === 'draining') return this.stream.openLater();
    this.setStatus({ phase: 'ended', endReason: reason, by: by ?? null });
    return this.stop(this.closeCommands, new SessionEndedError(reason));
  }

  private onRefused(error: unknown): void {
    const ended = this.client.connection.ended.get();
    if (ended) return this.onEnd(ended);
    this.setStatus({ phase: 'refused', refusal: refusalOf(error) });
    return this.stop(this.closeCommands);
  }

  private onConnection(): void {
    const ended = this.client.connection.ended.get();
    if (ended) return this.onEnd(ended);
    const { phase } = this.statusCell.get();
    if (phase === 'live' && this.client.connection.status.get() !== 'live') this.setStatus({ phase: 'reconnecting' });
  }

  private readonly closeCommands = (error: Error): void => this.commands.close(error);

  private stop(endCommands: (error: Error) => void, error: Error = new RoomClosedError()): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.stream.close();
    this.presence.close();
    this.leaveConnection();
    endCommands(error);
    for (const { done } of this.awaitingVersion.splice(0)) done();
  }

  /** What the server has not answered, or answered in a version that is not here yet. */
  private *unanswered(): Iterable<UnansweredCommand> {
    yield* this.accepted;
    for (const command of this.commands.unanswered()) {
      if (command.seq > (this.confirmedSeqs.get(command.clientId) ?? 0)) yield command;
    }
  }

  private context(): CommandContext | null {
    const { role } = this.statusCell.get();
    const person = this.commands.identity;
    return role && person ? { actor: { ...person, role }, now: Date.now() } : null;
  }

  private isShown({ epoch, ver }: { readonly epoch: number; readonly ver: number }): boolean {
    return this.isClosed || epoch !== this.epoch || ver <= this.ver;
  }

  private shows({ epoch, ver }: Decided): Promise<void> {
    if (this.isShown({ epoch, ver })) return Promise.resolve();
    return new Promise((done) => this.awaitingVersion.push({ epoch, ver, done }));
  }

  private releaseShown(): void {
    this.accepted = this.accepted.filter((command) => !this.isShown(command));
    const shown = this.awaitingVersion.filter((wait) => this.isShown(wait));
    this.awaitingVersion = this.awaitingVersion.filter((wait) => !shown.includes(wait));
    for (const { done } of shown) done();
  }

  private setStatus(change: Partial<RoomStatus>): void {
    const before = this.statusCell.get();
    const after = { ...before, ...change };
    const parts = ['phase', 'role', 'archived', 'frozen'] as const;
    const isSame = parts.every((part) => after[part] === before[part]);
    if (!isSame) this.statusCell.set(after);
  }
}

/** Opens a room: subscribes to its state and presence at once. Close it when nobody looks any more. */
export function openRoom<Kind extends ClientKind>(client: AtriumClient, opts: OpenRoomOptions<Kind>): Room<Kind> {
  return new Room(client, opts);
}
