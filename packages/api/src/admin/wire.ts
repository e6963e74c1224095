import type { AuditAction } from '@atrium/auth';
import type { Role } from '@atrium/rooms';
import type { Device, Invite } from '../wire.ts';

/** Newest first. Times are ISO 8601 strings in UTC. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** For `after` (`before` in the audit log) of the next page; null on the last one. */
  readonly next: string | null;
}

/** A row of `admin.users {text?, filter?, after?}`. */
export interface AdminUser {
  readonly id: string;
  /** Null for a guest. */
  readonly email: string | null;
  readonly name: string;
  readonly role: 'user' | 'admin';
  readonly guest: boolean;
  readonly confirmed: boolean;
  /** Since when they cannot sign in; null: they can. */
  readonly disabledAt: string | null;
  /** When the account is deleted, as its owner wished. */
  readonly deletesAt: string | null;
  readonly createdAt: string;
  /** The newest use of a session that is left; null when there is none. */
  readonly lastSeenAt: string | null;
  readonly sessions: number;
  readonly rooms: number;
}

/** `admin.user {userId}`. */
export interface AdminUserDetail extends AdminUser {
  readonly memberOf: readonly { readonly id: string; readonly title: string; readonly role: Role }[];
  readonly recent: readonly AdminAuditEvent[];
}

/** A row of `admin.sessions {userId}`. `current` is the administrator's own one. */
export type AdminSession = Device;

/** A row of `admin.rooms {text?, filter?, after?}`. */
export interface AdminRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly createdAt: string;
  /** The newest change, or when the room was made. */
  readonly activeAt: string;
  readonly archived: boolean;
  readonly frozen: boolean;
  readonly public: boolean;
  readonly members: number;
  /** Names of at most three owners. */
  readonly owners: readonly string[];
  /** People who are in it at this moment. */
  readonly present: number;
  /** How many batches its log has seen. */
  readonly ver: number;
}

/** `admin.room {roomId}`. */
export interface AdminRoomDetail extends AdminRoom {
  readonly people: readonly {
    readonly userId: string;
    readonly name: string;
    readonly email: string | null;
    readonly guest: boolean;
    readonly role: Role;
    readonly since: string;
  }[];
  readonly recent: readonly AdminAuditEvent[];
}

/** A row of `admin.audit {actions?, result?, person?, room?, from?, to?, before?}`. */
export interface AdminAuditEvent {
  readonly id: string;
  readonly at: string;
  readonly action: AuditAction;
  readonly result: 'done' | 'refused';
  /** Whom it is about, and who did it; a name is null when they are gone. */
  readonly user: AuditPerson | null;
  readonly actor: AuditPerson | null;
  /** Address prefix. */
  readonly place: string;
  /** "Firefox on Linux". */
  readonly label: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface AuditPerson {
  readonly id: string;
  readonly name: string | null;
}

/** `admin.exportAudit` with the same filter: one page of lines; the first page begins with the names of the columns. */
export interface AuditCsvPage {
  readonly csv: string;
  readonly next: string | null;
}

/** A row of `admin.invites {after?}`. */
export interface AdminInvite extends Invite {
  readonly room: { readonly id: string; readonly title: string };
  readonly invitedBy: string | null;
  /** False when it lets nobody in any more. */
  readonly open: boolean;
}

/** A row of `admin.limits`. */
export interface AdminLimit {
  /** "sign-in.account". */
  readonly name: string;
  /** What it counts, for people. */
  readonly words: string;
  readonly most: number;
  /** Seconds. */
  readonly per: number;
  /** How often it has said no since this process began. */
  readonly refused: number;
  /** Who is held back now, the newest first; at most 50. */
  readonly held: readonly { readonly key: string; readonly until: string }[];
}

/** `admin.live`: once a second. All of this process, since it began unless said otherwise. */
export interface AdminLive {
  readonly at: string;
  /** Seconds since the process began. */
  readonly uptime: number;
  readonly sockets: number;
  /** Room and presence streams that are open. */
  readonly subscriptions: number;
  /** People with a socket. */
  readonly people: number;
  /** Rooms that are in memory. */
  readonly rooms: number;
  /** Of the last second. */
  readonly commandsPerSecond: number;
  /** From a command's arrival to its commit, milliseconds, of the last ten seconds; null when there was none. */
  readonly latency: { readonly p50: number; readonly p99: number } | null;
  /** How late the process's timers are, milliseconds, the worst of the last second. */
  readonly lag: number;
  /** Bytes. */
  readonly memory: { readonly resident: number; readonly heap: number };
  /** Sessions, users, memberships and rooms whose access was taken away. */
  readonly revocations: number;
  /** Calls that a policy or a limit refused. */
  readonly denials: number;
}

/** A row of `admin.policies`: every procedure there is. */
export interface PolicyRow {
  readonly procedure: string;
  /** "room:owner, confirmed". */
  readonly policy: string;
  /** True when it is about a room. */
  readonly inRoom: boolean;
}

/** `admin.simulate {userId, procedure, roomId?}`: what would happen, and which rule says so. */
export interface Simulation {
  readonly procedure: string;
  /** "room:owner, confirmed": as in the matrix. */
  readonly policy: string;
  readonly allowed: boolean;
  /** The refusal of the first rule that does not hold; null when all hold. */
  readonly reason: string | null;
  readonly message: string | null;
  /** In the order in which they are looked at; null for those behind the first that does not hold. */
  readonly rules: readonly { readonly name: string; readonly words: string; readonly holds: boolean | null }[];
}
