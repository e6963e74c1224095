import type { Clock } from '../clock/clock.ts';
import type { Json } from '../kind/record.ts';
import type { PresenceConnection, PresenceEvent, PresencePerson } from './presence-event.ts';
import { PacedValue } from './paced-value.ts';
import { PresenceStream } from './presence-stream.ts';

/** How long a person stays after the last connection went, so that a blip shows nothing. */
const leaveTime = 5_000;
/** Joins and leaves within this time are told together. */
const joinTime = 100;
/** One combined frame of cursors: 15 a second, 5 a second when more than 50 people look. */
const frameTime = 1_000 / 15;
const crowdedFrameTime = 200;
const crowd = 50;
/** What one connection tells is taken 30 times a second; of what comes faster, the newest. */
const metaTime = 1_000 / 30;

interface Connection {
  readonly stream: PresenceStream;
  readonly told: PacedValue<Json>;
  meta: Json;
}

interface Person {
  readonly userId: string;
  name: string;
  /** The last known ones while nobody is connected: the others see no difference until the person is gone. */
  connections: Map<string, Connection>;
  isConnected: boolean;
  cancelLeave: (() => void) | null;
}

/** Who is in one room: people, their connections, and what each connection tells about itself. */
export class PresenceRoom {
  readonly #clock: Clock;
  readonly #onEmpty: () => void;
  readonly #people = new Map<string, Person>();
  readonly #streams = new Set<PresenceStream>();
  readonly #joined = new Set<string>();
  readonly #left = new Set<string>();
  readonly #moved = new Set<string>();
  #cancelComings: (() => void) | null = null;
  #cancelFrame: (() => void) | null = null;
  /** By the clock that never goes back: the other one may be set by an hour, and frames would stop for as long. */
  #framedAt = -Infinity;

  constructor(clock: Clock, onEmpty: () => void) {
    this.#clock = clock;
    this.#onEmpty = onEmpty;
  }

  people(): readonly PresencePerson[] {
    return [...this.#people.values()].map(({ userId, name, connections }) => ({
      userId,
      name,
      connections: listed(connections),
    }));
  }

  join(opts: { readonly userId: string; readonly name: string; readonly connectionId: string }): PresenceStream {
    const told = new PacedValue<Json>(this.#clock, metaTime, (meta) => this.#show(opts, meta));
    const stream: PresenceStream = new PresenceStream(
      () => this.people(),
      () => {
        told.stop();
        this.#disconnect(opts, stream);
      },
    );
    const connection: Connection = { stream, told, meta: null };
    this.#streams.add(stream);
    const person = this.#people.get(opts.userId);
    if (person === undefined) {
      const connections = new Map([[opts.connectionId, connection]]);
      this.#people.set(opts.userId, {
        userId: opts.userId,
        name: opts.name,
        connections,
        isConnected: true,
        cancelLeave: null,
      });
      this.#left.delete(opts.userId);
      this.#comes(this.#joined, opts.userId);
      return stream;
    }
    person.cancelLeave?.();
    person.cancelLeave = null;
    if (!person.isConnected) person.connections = new Map();
    person.isConnected = true;
    person.connections.get(opts.connectionId)?.told.stop();
    person.connections.set(opts.connectionId, connection);
    if (person.name !== opts.name) this.#comes(this.#joined, opts.userId);
    person.name = opts.name;
    this.#moves(opts.userId);
    return stream;
  }

  /** The newest value is what the next frame shows; a connection that is not here (any more) changes nothing. */
  setMeta(userId: string, connectionId: string, meta: Json): void {
    const person = this.#people.get(userId);
    if (person?.isConnected === true) person.connections.get(connectionId)?.told.set(meta);
  }

  /** Ends every stream at once. */
  close(): void {
    this.#cancelComings?.();
    this.#cancelFrame?.();
    for (const person of this.#people.values()) person.cancelLeave?.();
    this.#people.clear();
    for (const stream of [...this.#streams]) stream.end();
    this.#onEmpty();
  }

  #show({ userId, connectionId }: { readonly userId: string; readonly connectionId: string }, meta: Json): void {
    const connection = this.#people.get(userId)?.connections.get(connectionId);
    if (connection === undefined) return;
    connection.meta = meta;
    this.#moves(userId);
  }

  #disconnect(
    { userId, connectionId }: { readonly userId: string; readonly connectionId: string },
    stream: PresenceStream,
  ): void {
    this.#streams.delete(stream);
    const person = this.#people.get(userId);
    if (person?.connections.get(connectionId)?.stream !== stream) return;
    if (person.connections.size > 1) {
      person.connections.delete(connectionId);
      this.#moves(userId);
      return;
    }
    person.isConnected = false;
    person.cancelLeave = this.#clock.setTimer(() => this.#leave(userId), leaveTime);
  }

  #leave(userId: string): void {
    this.#people.delete(userId);
    this.#joined.delete(userId);
    this.#moved.delete(userId);
    this.#comes(this.#left, userId);
    if (this.#people.size === 0) this.close();
  }

  #comes(group: Set<string>, userId: string): void {
    group.add(userId);
    this.#cancelComings ??= this.#clock.setTimer(() => this.#tellComings(), joinTime);
  }

  #tellComings(): void {
    this.#cancelComings = null;
    if (this.#left.size > 0) this.#tell({ type: 'leaves', userIds: [...this.#left] });
    const people = this.people().filter(({ userId }) => this.#joined.has(userId));
    if (people.length > 0) this.#tell({ type: 'joins', people });
    this.#left.clear();
    this.#joined.clear();
  }

  #moves(userId: string): void {
    this.#moved.add(userId);
    const pause = this.#people.size > crowd ? crowdedFrameTime : frameTime;
    const wait = Math.max(0, this.#framedAt + pause - this.#clock.precise());
    this.#cancelFrame ??= this.#clock.setTimer(() => this.#tellMoves(), wait);
  }

  #tellMoves(): void {
    this.#cancelFrame = null;
    this.#framedAt = this.#clock.precise();
    const people = [...this.#moved].flatMap((userId) => {
      const person = this.#people.get(userId);
      return person === undefined ? [] : [{ userId, connections: listed(person.connections) }];
    });
    this.#moved.clear();
    if (people.length > 0) this.#tell({ type: 'metas', people });
  }

  #tell(event: PresenceEvent): void {
    for (const stream of this.#streams) stream.push(event);
  }
}

function listed(connections: Person['connections']): readonly PresenceConnection[] {
  return [...connections].map(([id, { meta }]) => ({ id, meta }));
}
