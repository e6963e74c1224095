import type { Diff } from '../kind/diff.ts';
import type { StateJson } from '../kind/record.ts';
import type { Role } from '../kind/role.ts';

/** Why a stream ended for good. */
export const endReasons = [
  'signed-out',
  'signed-out-elsewhere',
  'password-changed',
  'expired',
  'disabled',
  'removed',
  'link-revoked',
  'room-deleted',
  'theft',
  'draining',
] as const;
export type EndReason = (typeof endReasons)[number];

/** What `rooms.watch` yields, each with the cursor `epoch:ver:viewKey` as its tracked id. */
export type RoomEvent =
  | {
      readonly type: 'snapshot';
      readonly epoch: number;
      readonly ver: number;
      /** The kind's version. */
      readonly schema: number;
      readonly role: Role;
      readonly state: StateJson;
      /** The viewer's own clients: last committed seq by clientId. */
      readonly clientSeq: { readonly [clientId: string]: number };
    }
  | {
      readonly type: 'diff';
      /** The version it continues; may be more than one behind `ver` when diffs were joined for a slow reader. */
      readonly prev: number;
      readonly ver: number;
      /** Milliseconds since 1970 of the commit. */
      readonly at: number;
      /** Ids of the users whose commands it holds. */
      readonly by: readonly string[];
      readonly acks: readonly { readonly clientId: string; readonly seq: number }[];
      readonly diff: Diff;
    }
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'end'; readonly reason: EndReason };
