import type { StateJson } from '@atrium/rooms';
import type { DefinedRoomKind } from '@atrium/rooms/kind';

/** A room kind whose commands are sent by name. */
export type ScriptedKind = DefinedRoomKind<{ readonly [command: string]: unknown }>;

/** What the clients of one kind of room do while everything breaks, and what must have come of it. */
export interface Script {
  /** Its commands are also run in the clients, as a page does. */
  readonly kind: ScriptedKind;
  /**
   * The `n`-th command (from 0) of the client with this name; always the same one. It should leave something of its own,
   * so that its absence shows, or do what would show when it is done twice. None may be rejected.
   */
  command(client: string, n: number): { readonly name: string; readonly input: unknown };
  /** What is wrong with a state in which each client's first `counts[client]` commands were done once, in order. */
  judge(state: StateJson, counts: ReadonlyMap<string, number>): readonly string[];
}
