import type { Json } from '../kind/record.ts';

/** One open tab of a person. `meta` is what the kind's presence schema allows, or null before the first message. */
export interface PresenceConnection {
  readonly id: string;
  readonly meta: Json;
}

/** One person, however many tabs they have open. */
export interface PresencePerson {
  readonly userId: string;
  readonly name: string;
  readonly connections: readonly PresenceConnection[];
}

/** What `rooms.presence` yields: `presence` first, then changes, joined per tick. Untracked. */
export type PresenceEvent =
  | { readonly type: 'presence'; readonly people: readonly PresencePerson[] }
  | { readonly type: 'joins'; readonly people: readonly PresencePerson[] }
  | { readonly type: 'leaves'; readonly userIds: readonly string[] }
  /** Replaces these people's connections: cursors moved, tabs came or went. */
  | {
      readonly type: 'metas';
      readonly people: readonly { readonly userId: string; readonly connections: readonly PresenceConnection[] }[];
    };
