import type { AuditAction } from '@atrium/auth';
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
    /** The administrator who acts as this person; null in everybody's own session. */
    readonly impersonatedBy: { readonly userId: string; readonly name: string } | null;
  } | null;
  /** True when this sign-in took back that the account is to be deleted. */
  readonly deletionUndone?: true;
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
  /** When it ends if it is not used: its idle end, never later than its absolute end. */
  readonly expiresAt: string;
  /** False: its browser forgets it when it is closed. */
  readonly remembered: boolean;
  /** How it was proved who this is; empty for guests. */
  readonly factors: readonly Factor[];
  /** True for an administrator who acts as this person. */
  readonly impersonated: boolean;
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
  /** True: an administrator lets nobody change anything here. */
  readonly frozen: boolean;
  /** True: whoever is signed in and knows the address may look on. */
  readonly public: boolean;
  /** False for whoever looks on in a public room: `role` is `viewer`. */
  readonly member: boolean;
  readonly createdAt: string;
  /** Who is in the room at this moment, one entry per person. */
  readonly people: readonly { readonly userId: string; readonly name: string }[];
}

/** `rooms.preview {roomId}`: of public rooms alone. */
export interface RoomPreview {
  readonly title: string;
  readonly kind: string;
}

/** A row of `members.list`. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly guest: boolean;
  /** The id of the invitation that they are here by, and lose their place with; null for whom an owner gave a role. */
  readonly inviteId: string | null;
  readonly since: string;
}

/** A row of `accessRequests.list`: somebody who waits at the door. */
export interface AccessRequest {
  readonly userId: string;
  readonly name: string;
  readonly createdAt: string;
}

/** A row of `invites.list`; `invites.create` answers it with `token` and `url` once. */
export interface Invite {
  readonly id: string;
  readonly role: Exclude<Role, 'owner'>;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** How many people it lets in; null for any number. */
  readonly maxUses: number | null;
  /** How many it has let in. */
  readonly uses: number;
  /** To whom it was mailed. */
  readonly email: string | null;
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

/** `account.activity {before?}`: what happened to one's own account, newest first. */
export interface ActivityPage {
  readonly items: readonly Activity[];
  /** For `before` of the next page; null on the last one. */
  readonly next: string | null;
}

export interface Activity {
  readonly id: string;
  readonly at: string;
  readonly action: AuditAction;
  readonly result: 'done' | 'refused';
  /** Address prefix, "203.0.113.0/24"; empty for what somebody else did, who is named by `detail.by`. */
  readonly place: string;
  /** "Firefox on Linux"; empty as `place` is. */
  readonly label: string;
  /** Names of things and numbers; never a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** `account.delete`: signed out everywhere from now on. */
export interface Deletion {
  /** Signing in before then takes it back. For guests, who have nothing to sign in with, it is now. */
  readonly deletesAt: string;
}

/**
 * `account.export {cursor?}`: everything about one's own account that the server holds, without what opens it (hashes,
 * keys, secrets) and without what is private to others (addresses, names of members). The rooms come in pages; the
 * account itself stands on the first one.
 */
export interface ExportPage {
  readonly format: 'atrium-export-1';
  readonly exportedAt: string;
  /** Null on every page but the first. */
  readonly account: ExportedAccount | null;
  readonly rooms: readonly ExportedRoom[];
  /** For `cursor` of the next page; null on the last one. */
  readonly next: string | null;
}

export interface ExportedAccount {
  readonly profile: {
    readonly id: string;
    readonly email: string | null;
    readonly name: string;
    readonly role: 'user' | 'admin';
    readonly guest: boolean;
    readonly createdAt: string;
    readonly confirmedAt: string | null;
  };
  readonly sessions: readonly {
    readonly publicId: string;
    readonly label: string;
    readonly place: string;
    readonly createdAt: string;
    readonly lastSeenAt: string;
    readonly expiresAt: string;
    readonly factors: readonly string[];
  }[];
  readonly authenticatorApp: { readonly addedAt: string } | null;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly {
    readonly name: string;
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
  }[];
  readonly identities: readonly {
    readonly provider: string;
    readonly label: string;
    readonly createdAt: string;
    readonly lastUsedAt: string | null;
  }[];
  readonly apiTokens: readonly {
    readonly name: string;
    readonly permissions: readonly string[];
    readonly createdAt: string;
    readonly expiresAt: string;
    readonly lastUsedAt: string | null;
  }[];
  /** The newest ones, at most a thousand; `account.activity` has all of them. */
  readonly activity: readonly Activity[];
}

export interface ExportedRoom {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** What this person is in it. */
  readonly role: Role;
  readonly archived: boolean;
  readonly createdAt: string;
  readonly joinedAt: string;
  /** For owners: all that is in the room now, by collection and id. Null in rooms of others, and where it is too large. */
  readonly state: unknown;
  /** Why an owner gets no `state`: too large for this document, or not to be read right now. */
  readonly stateMissing?: 'too-large' | 'unavailable';
}
