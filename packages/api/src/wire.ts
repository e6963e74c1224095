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

/** `account.totp.status`. */
export interface TotpStatus {
  /** Null: off. */
  readonly since: string | null;
  readonly recoveryCodesLeft: number;
}

/** `account.totp.begin`: shown until it is confirmed, and never again. */
export interface TotpSetup {
  /** Base32, to be typed. */
  readonly secret: string;
  /** `otpauth://`, to be scanned. */
  readonly uri: string;
  readonly expiresAt: string;
}

/** `account.totp.confirm` and `account.recoveryCodes`: told once. */
export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}

/** One row of `account.passkeys.list`. */
export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly name: string;
  /** True when its keeper has it on other devices too. */
  readonly synced: boolean;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
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

/** A row of `tokens.list`, newest first. Times are ISO 8601 strings in UTC. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly createdAt: string;
  /** When it ends for good. */
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  /** Address prefix of the last use, "203.0.113.0/24". */
  readonly place: string | null;
  /** Open sockets now. */
  readonly sockets: number;
  /** Rooms these sockets watch now. */
  readonly rooms: readonly { readonly id: string; readonly title: string }[];
}

/** What `tokens.create` and `tokens.refresh` answer, once. */
export interface IssuedApiToken extends Pick<ApiToken, 'id' | 'name' | 'permissions' | 'expiresAt'> {
  /** For `Authorization: Bearer`, and for the connection parameter `token` of a socket. */
  readonly accessToken: string;
  /** For `tokens.refresh`, which replaces it. */
  readonly refreshToken: string;
  readonly accessExpiresAt: string;
}

/** `invites.preview {token}`: what the invitation page shows before it is accepted. */
export interface InvitePreview {
  readonly title: string;
  readonly kind: string;
  readonly role: Exclude<Role, 'owner'>;
  /** Null when that person's account is gone. */
  readonly invitedBy: string | null;
}

/** How one can sign in besides an address and a password. */
export interface SignInOptions {
  readonly providers: readonly { readonly id: 'github' | 'google' | 'oidc'; readonly name: string }[];
}

/** Accounts elsewhere that sign in to this one, and those that could. */
export interface LinkedIdentities {
  readonly identities: readonly {
    readonly provider: 'github' | 'google' | 'oidc';
    readonly name: string;
    readonly label: string;
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
  }[];
  readonly linkable: SignInOptions['providers'];
}
