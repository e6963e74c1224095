import type { Ending } from '@atrium/db';
import type { EndReason } from '@atrium/rooms';
import { startTimer } from './long-timer.ts';

/** A socket, or a request that waits, on behalf of a session. */
export interface LiveConnection {
  readonly isSocket: boolean;
  readonly publicId: string;
  readonly userId: string;
  /** Ids of the rooms that it watches now. */
  readonly rooms: Iterable<string>;
  /** How many streams it carries. */
  readonly streams: number;
  /** Called once, synchronously, when the session is over. Must not throw. */
  end(reason: EndReason): void;
  /** The person has another name from now on. */
  rename(name: string): void;
}

export interface LiveHandle {
  /** Null while the session is good; checked before every send. */
  readonly ended: EndReason | null;
  release(): void;
}

export interface LiveOptions {
  /** When this session ends by idleness or age (ms since 1970), or null when its row is gone. */
  readonly readEnd: (publicId: string) => Promise<number | null>;
  /** All sessions that exist and whose users are not disabled: public id -> end (ms since 1970). */
  readonly readLiving: () => Promise<ReadonlyMap<string, number>>;
  readonly onError: (error: unknown) => void;
  /** A sweep each 30 s bounds what a lost notification costs. */
  readonly sweepEvery?: number;
  /** After this long without an answer from the database, streams end: fail closed. */
  readonly failClosedAfter?: number;
}

/** Of one process. */
export interface Census {
  readonly sockets: number;
  readonly streams: number;
  /** Who have a socket. */
  readonly people: number;
}

interface Entry {
  readonly connection: LiveConnection;
  ended: EndReason | null;
  stopTimer: () => void;
}

/**
 * Every socket of this node by session, and the one place where they end: by notification, deadline or sweep.
 * Register first, then check: a session that was revoked between the look-up and the registration is caught by
 * `register` reading the row once more.
 */
export class LiveSessions {
  readonly #entries = new Map<string, Set<Entry>>();
  readonly #opts: Required<LiveOptions>;
  #stopSweeping: () => void = () => {};
  #stopWatchdog: () => void = () => {};

  constructor(opts: LiveOptions) {
    this.#opts = { sweepEvery: 30_000, failClosedAfter: 60_000, ...opts };
    this.#scheduleSweep();
    this.#restartWatchdog();
  }

  /** Resolves after the check; `handle.ended` says whether the session was already over. */
  async register(connection: LiveConnection): Promise<LiveHandle> {
    const entry: Entry = { connection, ended: null, stopTimer: () => {} };
    const { publicId } = connection;
    const siblings = this.#entries.get(publicId) ?? new Set();
    this.#entries.set(publicId, siblings.add(entry));
    await this.#checkDeadline(entry);
    return {
      get ended() {
        return entry.ended;
      },
      release: () => this.#forget(entry),
    };
  }

  /** What the database reported, whoever caused it. */
  onEnding(ending: Ending): void {
    switch (ending.type) {
      case 'session':
        this.end(ending.publicId, ending.reason);
        return;
      case 'user':
        for (const entry of this.#all()) {
          if (entry.connection.userId === ending.userId) this.#finish(entry, ending.reason);
        }
        return;
      case 'member':
      case 'room':
      case 'standing':
        return;
    }
  }

  end(publicId: string, reason: EndReason): void {
    for (const entry of [...(this.#entries.get(publicId) ?? [])]) this.#finish(entry, reason);
  }

  /** For this node alone: on another one a name is old until its sockets are opened again. */
  rename(userId: string, name: string): void {
    for (const { connection } of this.#all()) if (connection.userId === userId) connection.rename(name);
  }

  /** Open sockets of a session. */
  count(publicId: string): number {
    return [...(this.#entries.get(publicId) ?? [])].filter(({ connection }) => connection.isSocket).length;
  }

  /** Everything that is open. */
  census(): Census {
    const open = [...this.#all()].filter(({ connection }) => connection.isSocket).map(({ connection }) => connection);
    return {
      sockets: open.length,
      streams: open.reduce((sum, { streams }) => sum + streams, 0),
      people: new Set(open.map(({ userId }) => userId)).size,
    };
  }

  /** Ids of the rooms that a session watches now, over all its sockets. */
  roomsOf(publicId: string): readonly string[] {
    const entries = [...(this.#entries.get(publicId) ?? [])];
    return [...new Set(entries.flatMap(({ connection }) => [...connection.rooms]))];
  }

  /** Asks the database about all sessions at once; called each `sweepEvery` and after deafness. */
  async sweep(): Promise<void> {
    // Those that register while the database answers are checked by their own registration.
    const asked = [...this.#entries.keys()];
    try {
      const living = await this.#opts.readLiving();
      this.#restartWatchdog();
      for (const publicId of asked) {
        const end = living.get(publicId) ?? null;
        for (const entry of [...(this.#entries.get(publicId) ?? [])]) this.#keepUntil(entry, end);
      }
    } catch (error) {
      this.#opts.onError(error);
    }
  }

  endAll(reason: EndReason): void {
    for (const entry of [...this.#all()]) this.#finish(entry, reason);
  }

  close(): void {
    this.#stopSweeping();
    this.#stopWatchdog();
    for (const entry of [...this.#all()]) this.#forget(entry);
  }

  *#all(): Iterable<Entry> {
    for (const entries of this.#entries.values()) yield* entries;
  }

  #scheduleSweep(): void {
    this.#stopSweeping = startTimer(this.#opts.sweepEvery, () => {
      void this.sweep().finally(() => this.#scheduleSweep());
    });
  }

  /** Runs out when no sweep was answered for too long, also when the database neither answers nor refuses. */
  #restartWatchdog(): void {
    this.#stopWatchdog();
    const { failClosedAfter, sweepEvery } = this.#opts;
    this.#stopWatchdog = startTimer(Math.max(failClosedAfter, 2 * sweepEvery), () => {
      this.endAll('draining');
      this.#restartWatchdog();
    });
  }

  /** The row decides: another tab may have moved the idle end since this timer was set. */
  async #checkDeadline(entry: Entry): Promise<void> {
    const { publicId } = entry.connection;
    try {
      this.#keepUntil(entry, await this.#opts.readEnd(publicId));
    } catch (error) {
      // Unknown is not good: a socket whose session cannot be read does not stay.
      this.#opts.onError(error);
      this.#finish(entry, 'draining');
    }
  }

  /** `end` as the row says it now: it may have moved in either direction; null when the row is gone. */
  #keepUntil(entry: Entry, end: number | null): void {
    if (entry.ended) return;
    entry.stopTimer();
    if (end === null) this.#finish(entry, 'signed-out-elsewhere');
    else if (end <= Date.now()) this.#finish(entry, 'expired');
    else entry.stopTimer = startTimer(end - Date.now(), () => void this.#checkDeadline(entry));
  }

  #finish(entry: Entry, reason: EndReason): void {
    if (entry.ended) return;
    entry.ended = reason;
    this.#forget(entry);
    entry.connection.end(reason);
  }

  #forget(entry: Entry): void {
    entry.stopTimer();
    const siblings = this.#entries.get(entry.connection.publicId);
    siblings?.delete(entry);
    if (siblings?.size === 0) this.#entries.delete(entry.connection.publicId);
  }
}
