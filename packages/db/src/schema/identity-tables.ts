import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';
import { users } from './tables.ts';

/** Links that were sent by mail and not used yet: whoever uses one deletes its row. */
export const mailLinks = pgTable(
  'mail_links',
  {
    /** SHA-256 (hex) of the link's token. */
    tokenHash: text('token_hash').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose').$type<'confirm' | 'magic' | 'reset' | 'change-email'>().notNull(),
    /** The address that it was sent to, in lower case: worth nothing once the account has another. */
    email: text('email').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('mail_links_user_id').on(table.userId),
    check('mail_links_purpose', sql`${table.purpose} in ('confirm', 'magic', 'reset', 'change-email')`),
  ],
);

/** One-time passwords by time (RFC 6238). Unconfirmed until a first code was typed. */
export const totpSecrets = pgTable('totp_secrets', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Encrypted with the server's key. */
  sealedSecret: text('sealed_secret').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  confirmedAt: instant('confirmed_at'),
  /** Time step of the last code that was accepted: no code works twice. */
  lastStep: bigint('last_step', { mode: 'number' }),
});

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 (hex). */
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

export const passkeys = pgTable(
  'passkeys',
  {
    /** The credential's id, base64url. */
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** COSE key, base64url. */
    publicKey: text('public_key').notNull(),
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull().default([]),
    isBackedUp: boolean('is_backed_up').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [index('passkeys_user_id').on(table.userId)],
);

/** Questions to an authenticator that wait for their answer; each is answered once. */
export const passkeyChallenges = pgTable('passkey_challenges', {
  id: uuid('id').primaryKey(),
  /** Null where nobody is known yet: a sign-in. */
  userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
  purpose: text('purpose').$type<'register' | 'sign-in' | 'sudo'>().notNull(),
  challenge: text('challenge').notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** Accounts elsewhere that sign in here. */
export const identities = pgTable(
  'identities',
  {
    provider: text('provider').$type<'github' | 'google' | 'oidc'>().notNull(),
    /** What the provider calls this person; never changes. */
    subject: text('subject').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As the provider shows it, for people to recognize. */
    label: text('label').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at'),
  },
  (table) => [primaryKey({ columns: [table.provider, table.subject] }), index('identities_user_id').on(table.userId)],
);

/** What programs sign in with. Access tokens are signed and not stored; a row ends them all. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    /** The public id: sockets, notifications and access tokens name it. */
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    permissions: text('permissions').array().notNull(),
    /** SHA-256 (hex) of the refresh token that is good now. */
    refreshHash: text('refresh_hash').notNull().unique(),
    /** The one before: whoever presents it has a copy. */
    previousRefreshHash: text('previous_refresh_hash').unique(),
    refreshedAt: instant('refreshed_at').notNull().defaultNow(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    lastIpPrefix: text('last_ip_prefix'),
  },
  (table) => [index('api_tokens_user_id').on(table.userId)],
);

/** Keys that sign access tokens. The newest signs, the others are believed until they are retired. */
export const signingKeys = pgTable('signing_keys', {
  kid: text('kid').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<Readonly<Record<string, unknown>>>().notNull(),
  /** Private JWK, encrypted with the server's key. */
  sealedPrivateJwk: text('sealed_private_jwk').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  retiredAt: instant('retired_at'),
});

/** Links that make the first administrator: printed where the server starts, worth nothing once there is one. */
export const setupLinks = pgTable('setup_links', {
  /** SHA-256 (hex) of the link's token. */
  tokenHash: text('token_hash').primaryKey(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
});

/** What happened to accounts. Rows are added and never changed; they outlive the account, so nothing refers to it. */
export const auditEvents = pgTable(
  'audit_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull().defaultNow(),
    /** Whose account it is about; null when nobody's: a sign-in to an address without an account. */
    userId: uuid('user_id'),
    /** Who did it; null for whoever was not signed in. */
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    result: text('result').$type<'done' | 'refused'>().notNull(),
    /** Address prefix. */
    place: text('place').notNull(),
    /** "Firefox on Linux". */
    label: text('label').notNull(),
    /** Never a token, a password or a code. */
    detail: jsonb('detail').$type<Readonly<Record<string, string | number | boolean>>>().notNull().default({}),
  },
  (table) => [
    index('audit_events_user_id').on(table.userId, table.id),
    index('audit_events_actor_id').on(table.actorId, table.id),
    index('audit_events_action').on(table.action, table.id),
    index('audit_events_room')
      .on(sql`(${table.detail} ->> 'room')`, table.id)
      .where(sql`(${table.detail} ->> 'room') is not null`),
    check('audit_events_result', sql`${table.result} in ('done', 'refused')`),
  ],
);
