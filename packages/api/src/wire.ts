import type { Factor } from '@atrium/db';
import type { Role } from '@atrium/rooms';

/** What `auth.me`, `register`, `login`, `guest` and `account.update` answer. */
export interface Me {
  readonly user: {
    readonly id: string;
    /** Null for a guest. */
    readonly email: string | null;
    readonly name: string;
    readonly role: 'user' | 'admin';
    readonly confirmed: boolean;
    readonly guest: boolean;
  } | null;
  /** Times are ISO 8601 strings in UTC. */
  readonly session: {
    readonly publicId: string;
    readonly authenticatedAt: string;
    readonly sudoUntil: string;
    /** When it ends if it is not used. */
    readonly expiresAt: string;
    /** When it ends however much it is used, unless it is extended. */
    readonly absoluteExpiresAt: string;
    /** Whether `sessions.extend` can give it more time. */
    readonly canExtend: boolean;
    /** How it was proved who this is; empty for guests. */
    readonly factors: readonly Factor[];
    /** False: this browser forgets the session when it is closed. */
    readonly remembered: boolean;
  } | null;
}

/** One row of `sessions.list`. */
export interface Device {
  readonly publicId: string;
  readonly current: boolean;
  /** "Firefox on Linux". */
  readonly label: string;
  /** Address prefix, "203.0.113.0/24". */
  readonly place: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** When it ends if it is not used: its idle end, never later than its absolute end. */
  readonly expiresAt: string;
  /** False: its browser forgets it when it is closed. */
  readonly remembered: boolean;
  /** How it was proved who this is; empty for guests. */
  readonly factors: readonly Factor[];
  /** Open sockets now. */
  readonly sockets: number;
  /** Rooms these sockets watch now. */
  readonly rooms: readonly { readonly id: string; readonly title: string }[];
}

/** `rooms.create`, `rooms.get`, and a row of `rooms.list` (newest activity first). */
export interface Room {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly role: Role;
  readonly archived: boolean;
  readonly createdAt: string;
  /** Who is in the room at this moment, one entry per person. */
  readonly people: readonly { readonly userId: string; readonly name: string }[];
}

/** A row of `members.list`. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

/** A row of `invites.list`; `invites.create` answers it with `token` and `url` once. */
export interface Invite {
  readonly id: string;
  readonly role: Exclude<Role, 'owner'>;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface CreatedInvite extends Invite {
  readonly token: string;
  /** `PUBLIC_URL/invite#token`: the fragment is sent to no server and lands in no log. */
  readonly url: string;
}

/** `invites.preview {token}`: what the invitation page shows before it is accepted. */
export interface InvitePreview {
  readonly title: string;
  readonly kind: string;
  readonly role: Exclude<Role, 'owner'>;
  /** Null when that person's account is gone. */
  readonly invitedBy: string | null;
}
