import type { z } from 'zod';
import type { PropChange } from './diff.ts';
import type { RoomRecord, StateJson, StateReader } from './record.ts';
import type { Role } from './role.ts';

/** The way a command changes state. Every change is recorded as a minimal diff; a throw leaves nothing behind. */
export interface Tx extends StateReader {
  /** Adds the record, or replaces it whole. */
  put(collection: string, id: string, record: RoomRecord): void;
  /** Changes single properties of a record that exists; throws `Rejection('unknown')` when it does not. */
  patch(collection: string, id: string, changes: { readonly [key: string]: PropChange }): void;
  /** Removes the record; does nothing when there is none. */
  remove(collection: string, id: string): void;
}

/** Who sent the command, as the server knows it. */
export interface Actor {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** The public id of what they are signed in with; the log asks whether it still is. */
  readonly signIn?: string;
}

/** Everything outside the state that a command may see: a kind has no clock, no randomness and no I/O. */
export interface CommandContext {
  readonly actor: Actor;
  /** Milliseconds since 1970, decided by the server. */
  readonly now: number;
}

export interface CommandDefinition<Input> {
  /** A strict schema: what it refuses never reaches `run`. */
  readonly input: z.ZodType<Input>;
  /** The weakest role that may send it. */
  readonly role: Role;
  /** Changes the state through `tx` or throws a `Rejection`. */
  run(tx: Tx, input: Input, ctx: CommandContext): void;
}

/** A record as the person who changed it wants it back. */
export interface WantedRecord {
  readonly collection: string;
  readonly id: string;
  /** Undefined: it should be gone. What others changed in it meanwhile is in it. */
  readonly record: RoomRecord | undefined;
  /** The properties in which it differs from what is there; null when there is none. */
  readonly keys: readonly string[] | null;
}

/** A kind of room: pure and isomorphic; the server and the browser run the same code. */
export interface RoomKind {
  readonly name: string;
  /** Schema version of the state; `migrate` brings older snapshots forward. */
  readonly version: number;
  readonly collections: readonly string[];
  /** Collections that stay on the server: they are in the log and in snapshots on disk, and in no byte sent out. */
  readonly hidden: readonly string[];
  /** `records` per collection and `bytes` of JSON in all; a command that would pass them is rejected with `limit`. */
  readonly limits: { readonly records: { readonly [collection: string]: number }; readonly bytes: number };
  readonly commands: { readonly [name: string]: CommandDefinition<never> };
  /** What one connection tells the others about itself (cursor, selection). */
  readonly presence: z.ZodType;
  migrate?(state: StateJson, fromVersion: number): StateJson;
  /** The commands that bring these records about. A kind without it cannot be undone. */
  undo?(wanted: readonly WantedRecord[]): readonly { readonly name: string; readonly input: unknown }[];
}
