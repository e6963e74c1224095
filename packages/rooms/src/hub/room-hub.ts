import type { Json } from '../kind/record.ts';
import type { Actor } from '../kind/room-kind.ts';
import type { Role } from '../kind/role.ts';
import type { CommandResult } from '../log/room-log.ts';
import type { PresenceEvent, PresencePerson } from '../presence/presence-event.ts';
import type { DoneBy, EndReason, RoleChange, RoomEvent } from './room-event.ts';

export interface RoomRef {
  readonly roomId: string;
  /** Name of the room's kind. */
  readonly kind: string;
}

/** A numbered command. `input` is checked by the kind's schema inside the engine. */
export interface SentCommand {
  readonly seq: number;
  readonly name: string;
  readonly input: unknown;
}

export interface SendRequest {
  readonly clientId: string;
  readonly commands: readonly SentCommand[];
}

export interface SendAnswer {
  readonly epoch: number;
  readonly ver: number;
  readonly results: readonly CommandResult[];
}

export interface CursoredEvent {
  readonly cursor: string;
  readonly event: RoomEvent;
}

export interface WatchOptions {
  readonly userId: string;
  readonly role: Role;
  /** True: looking on is all there is, and bringing the room back is told. */
  readonly archived?: boolean;
  /** The same for a room that an administrator has frozen. */
  readonly frozen?: boolean;
  /** `lastEventId` of the resumed subscription. */
  readonly cursor?: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * One viewer's stream. Pull based: what arrives between two pulls is joined into one diff, or into a snapshot
 * when the joined diff would be larger than one, so a slow reader costs no memory.
 */
export interface Watcher extends AsyncIterable<CursoredEvent> {
  /** True after the last event, or when its signal was aborted. */
  readonly isDone: boolean;
  /** True when its end is all that is left to take. */
  readonly isEnding: boolean;
  /** True when `take` would answer an event. */
  readonly hasNews: boolean;
  /** The next event now, or null. For whoever is told by `onNews` and does not iterate. Not while it follows a feed. */
  take(): CursoredEvent | null;
  /** Calls `listener` when there may be something to take, or the watcher is done. There is one listener. */
  onNews(listener: () => void): void;
  /**
   * Hands a viewer who has everything over to the feed of its view; null when there is something to take, or nobody to
   * tell any more. From then on the feed tells of batches, and `onNews` of what is the viewer's own: a role, an end,
   * another history.
   */
  follow(): RoomFeed | null;
  /** Takes the viewer back from the feed, which has told it everything up to `ver`. */
  unfollow(ver: number): void;
  /** The next pull yields a `role` event, unless nothing is new in it. */
  changeRole(change: RoleChange): void;
  /** Drops what is pending; the next pull yields `end`, then the stream is done. */
  end(reason: EndReason, by?: DoneBy): void;
}

/** What all viewers with one view key are told of batches, made once. There is one object for all of them. */
export interface RoomFeed {
  /** The newest version that it can tell. */
  readonly ver: number;
  /** The batches behind `ver`, one by one, shared by all; null when each viewer had better take what is joined for it. */
  since(ver: number): readonly CursoredEvent[] | null;
  /** Calls `listener` in the turn of each commit; null: nobody listens any more. */
  onNews(listener: (() => void) | null): void;
}

export interface PresenceOptions {
  readonly userId: string;
  readonly name: string;
  /** Unique per subscription: one open tab. */
  readonly connectionId: string;
  readonly signal: AbortSignal;
}

/** The room engine of one node. Errors: `SendRefused`, `RoomUnavailable`. */
export interface RoomHub {
  /**
   * Decides a batch of commands and resolves after the commit. `actor` is asked again at each flush, so that a
   * role taken away while the command waited is seen; null means that the sender is no member any more.
   */
  send(room: RoomRef, actor: () => Actor | null, request: SendRequest): Promise<SendAnswer>;
  /** Snapshot (or missed diffs) and stream are joined in one turn of the event loop: no gap between them. */
  watch(room: RoomRef, opts: WatchOptions): Promise<Watcher>;
  /** Joins the room's presence until `signal` aborts. */
  presence(room: RoomRef, opts: PresenceOptions): AsyncIterable<PresenceEvent>;
  /** Tells the others about one connection; throws `SendRefused` when the kind's schema refuses `meta`. */
  setPresence(room: RoomRef, opts: { userId: string; connectionId: string; meta: Json }): void;
  /** Who is in the room now; empty for a room that is not open. */
  people(roomId: string): readonly PresencePerson[];
  /** How many rooms are in memory. */
  readonly openRooms: number;
  /** Ends every watcher of the room and forgets its state (the room was deleted). */
  evict(roomId: string, reason: EndReason, by?: DoneBy): Promise<void>;
  /** Commits what waits, writes snapshots, ends all watchers with `draining`. */
  drain(): Promise<void>;
}
