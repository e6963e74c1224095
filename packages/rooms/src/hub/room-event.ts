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
  | ({ readonly type: 'role' } & RoleChange)
  | ({ readonly type: 'end'; readonly reason: EndReason } & Told);

/** What one may do from now on. */
export interface RoleChange extends Told {
  /** In an archived room everybody looks on. */
  readonly role: Role;
  /** Present when the room is archived. */
  readonly archived?: true;
  /** Present when an administrator has frozen it: everybody looks on there, too. */
  readonly frozen?: true;
}

interface Told {
  /** Who did it; absent when the system did, or a database administrator. */
  readonly by?: DoneBy | undefined;
}

/** A person who changed what somebody else may do. */
export interface DoneBy {
  readonly userId: string;
  readonly name: string;
}
