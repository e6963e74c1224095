import type { RoomKind } from '../kind/room-kind.ts';
import type { Role } from '../kind/role.ts';
import { viewKeyOf, writeCursor } from './cursor.ts';
import type { DiffEvent } from './diff-event.ts';
import type { DoneBy, EndReason, RoleChange, RoomEvent } from './room-event.ts';
import type { CursoredEvent, RoomFeed, Watcher, WatchOptions } from './room-hub.ts';

/** What a watcher asks its room, always in one turn: so there is no gap between what it answers and what it has. */
export interface WatchedRoom {
  readonly kind: RoomKind;
  readonly epoch: number;
  readonly ver: number;
  /** The visible changes since `ver`, null when only a snapshot can tell. */
  since(ver: number): DiffEvent | null;
  snapshotFor(viewer: { readonly userId: string; readonly role: Role }): RoomEvent;
  feedOf(role: Role): RoomFeed;
  leave(watcher: RoomWatcher): void;
}

/** Where a watcher starts: at `ver` once it has sent the missed `event`; `ver` is null for a snapshot. */
export interface WatchStart {
  readonly ver: number | null;
  readonly event: DiffEvent | null;
}

/** One viewer's place in a room. Holds a version instead of a backlog: what to send is decided at each pull. */
export class RoomWatcher implements Watcher {
  readonly #room: WatchedRoom;
  readonly #userId: string;
  readonly #signal: AbortSignal;
  #role: Role;
  #isArchived: boolean;
  #isFrozen: boolean;
  /** What has not been told yet. */
  #newRole: RoleChange | null = null;
  /** The version the viewer has; null before a snapshot. */
  #ver: number | null;
  /** Missed diffs that were read from the log, to be sent first. */
  #missed: DiffEvent | null;
  #ending: Extract<RoomEvent, { type: 'end' }> | null = null;
  #isDone = false;
  /** A feed tells of batches meanwhile: `#ver` is where the viewer was when it began. */
  #isFollowing = false;
  #wake: (() => void) | null = null;
  #news: (() => void) | null = null;

  constructor(room: WatchedRoom, opts: WatchOptions, start: WatchStart) {
    this.#room = room;
    this.#userId = opts.userId;
    this.#role = opts.role;
    this.#isArchived = opts.archived ?? false;
    this.#isFrozen = opts.frozen ?? false;
    this.#signal = opts.signal;
    this.#ver = start.ver;
    this.#missed = start.event;
    if (start.event !== null) this.#ver = start.event.prev;
    opts.signal.addEventListener('abort', this.#close, { once: true });
    if (opts.signal.aborted) this.#close();
  }

  changeRole(change: RoleChange): void {
    const { role, archived: isArchived = false, frozen: isFrozen = false } = change;
    if (role === this.#role && isArchived === this.#isArchived && isFrozen === this.#isFrozen) return;
    this.#role = role;
    this.#isArchived = isArchived;
    this.#isFrozen = isFrozen;
    this.#newRole = change;
    this.wake();
  }

  end(reason: EndReason, by?: DoneBy): void {
    this.#ending ??= { type: 'end', reason, ...(by && { by }) };
    this.#room.leave(this);
    this.wake();
  }

  /** The room's history is another one now: what the viewer has cannot be continued. */
  restart(): void {
    this.#ver = null;
    this.#missed = null;
    this.#isFollowing = false;
    this.wake();
  }

  /** Something may have happened: lets a waiting pull look. */
  wake(): void {
    this.#news?.();
    this.#wake?.();
    this.#wake = null;
  }

  /** Another batch: the business of the feed, for who follows one. */
  wakeForBatch(): void {
    if (!this.#isFollowing) this.wake();
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  get isEnding(): boolean {
    return this.#ending !== null && !this.#isDone;
  }

  get hasNews(): boolean {
    if (this.#isDone) return false;
    if (this.#ending !== null || this.#newRole !== null || this.#ver === null || this.#missed !== null) return true;
    return !this.#isFollowing && this.#ver !== this.#room.ver;
  }

  onNews(listener: () => void): void {
    this.#news = listener;
  }

  follow(): RoomFeed | null {
    if (this.#isDone || this.hasNews) return null;
    this.#isFollowing = true;
    return this.#room.feedOf(this.#role);
  }

  unfollow(ver: number): void {
    if (this.#isFollowing) this.#ver = ver;
    this.#isFollowing = false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<CursoredEvent, void, undefined> {
    try {
      while (!this.#isDone) {
        const event = this.take();
        if (event !== null) yield event;
        else await this.#change();
      }
    } finally {
      this.#close();
    }
  }

  take(): CursoredEvent | null {
    const event = this.#isDone ? null : this.#next();
    if (event === null) return null;
    if (event.type === 'snapshot' || event.type === 'diff') this.#ver = event.ver;
    const cursor = { epoch: this.#room.epoch, ver: this.#ver ?? 0, viewKey: viewKeyOf(this.#room.kind, this.#role) };
    return { cursor: writeCursor(cursor), event };
  }

  #next(): RoomEvent | null {
    if (this.#ending !== null) {
      this.#isDone = true;
      return this.#ending;
    }
    if (this.#ver === null) {
      this.#newRole = null;
      return this.#room.snapshotFor({ userId: this.#userId, role: this.#role });
    }
    if (this.#missed !== null) {
      const missed = this.#missed;
      this.#missed = null;
      return missed;
    }
    if (this.#newRole !== null) {
      const change = this.#newRole;
      this.#newRole = null;
      return { type: 'role', ...change };
    }
    if (this.#ver === this.#room.ver) return null;
    return this.#room.since(this.#ver) ?? this.#room.snapshotFor({ userId: this.#userId, role: this.#role });
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  readonly #close = (): void => {
    this.#isDone = true;
    this.#signal.removeEventListener('abort', this.#close);
    this.#room.leave(this);
    this.wake();
  };
}
