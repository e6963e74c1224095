import type { Diff } from '../kind/diff.ts';
import type { StateJson } from '../kind/record.ts';
import type { RejectionCode } from '../kind/rejection.ts';
import type { Role } from '../kind/role.ts';

/** The outcome of one command, exactly as its sender was told. */
export type CommandResult =
  | { readonly seq: number; readonly ok: true }
  | { readonly seq: number; readonly ok: false; readonly code: RejectionCode; readonly message: string };

/** One command of a batch. The input is not kept: the batch holds the resolved diff. */
export interface CommandMeta {
  readonly clientId: string;
  readonly userId: string;
  readonly name: string;
  readonly result: CommandResult;
}

/** One group commit: the unit of the log. */
export interface RoomBatch {
  readonly roomId: string;
  /** 1 for the first batch of a room; without holes. */
  readonly ver: number;
  readonly epoch: number;
  /** Random; answers "was it mine?" after an ambiguous commit. */
  readonly batchId: string;
  /** Hash of the batch at `ver - 1`; the empty string for the first. */
  readonly prevHash: string;
  readonly hash: string;
  /** The node that wrote it. */
  readonly node: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly diff: Diff;
  readonly commands: readonly CommandMeta[];
}

/** What is remembered of a client so that a repeated command gets the same answer. */
export interface ClientMemory {
  readonly lastSeq: number;
  /** The version at which `lastSeq` was committed. */
  readonly ver: number;
  /** Milliseconds since 1970 of the last command; old clients are forgotten. */
  readonly at: number;
  /** Rejections among the last 1,000 sequence numbers behind `forgotten`; every other one was accepted. */
  readonly rejected: readonly Extract<CommandResult, { ok: false }>[];
  /** The answers up to this number took too much room and are not known any more. */
  readonly forgotten?: number;
}

export interface RoomSnapshot {
  readonly roomId: string;
  readonly ver: number;
  readonly epoch: number;
  /** Hash of the batch at `ver`. */
  readonly hash: string;
  /** The kind's `version` when it was written. */
  readonly schema: number;
  readonly at: number;
  readonly state: StateJson;
  /** Keyed by `userId/clientId`: nobody can ask for another person's answers. */
  readonly clients: { readonly [key: string]: ClientMemory };
}

/** Somebody whose accepted commands are in a batch, and what they were accepted with. */
export interface BatchActor {
  readonly userId: string;
  readonly role: Role;
  /** The public id of a session or an API token; undefined where there is none to ask for. */
  readonly signIn?: string | undefined;
}

export type AppendOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: 'conflict' | 'denied' };

/**
 * Where a room's history lives. Implementations: memory (tests), PGlite and PostgreSQL (packages/db).
 * The one safety rule: `append` inserts at `(roomId, ver)` only if the batch at `ver - 1` has `prevHash`
 * (or `ver` is 1 and there is none); otherwise it answers `conflict` and writes nothing.
 * A log that knows the members of its rooms answers `denied`, and writes nothing, when one of `actors` may not do as much
 * any more at the moment of the commit: a role, or a session, that was taken away before is never used after.
 * Batches of several rooms may be committed together; each is guarded, answered and fails by itself.
 * A rejected promise means that the outcome is unknown: the caller reads the tail before it tries again.
 */
export interface RoomLog {
  /** Resolves after the batch is on disk. */
  append(batch: RoomBatch, actors?: readonly BatchActor[]): Promise<AppendOutcome>;
  /** Batches with `ver > after`, ascending, at most `limit`. */
  read(roomId: string, after: number, limit: number): Promise<readonly RoomBatch[]>;
  /** The newest snapshot, or null. */
  loadSnapshot(roomId: string): Promise<RoomSnapshot | null>;
  /** Stores a snapshot; an older one than the newest is ignored. */
  saveSnapshot(snapshot: RoomSnapshot): Promise<void>;
  /** Deletes batches that are both `ver <= keepAfterVer` and older than `keepAfterTime` (ms since 1970). */
  compact(roomId: string, keepAfterVer: number, keepAfterTime: number): Promise<void>;
}
