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
    readonly expiresAt: string;
  } | null;
}

/**
 * `auth.inspectMailLink {token}`: what the page of a mailed link shows before it is used. Whoever has the token has read
 * the mail, so the address is no secret. `auth.consumeMagicLink` and `auth.resetPassword` answer `Me`: whoever used the
 * link, and gave the code where the account asks for one, is signed in.
 */
export interface MailLinkPreview {
  readonly purpose: 'confirm' | 'magic' | 'reset' | 'change-email';
  /** Of the account. */
  readonly name: string;
  /** Where the link was sent: for `change-email` the new address. */
  readonly email: string;
  /** When the account was made, ISO 8601. */
  readonly createdAt: string;
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
