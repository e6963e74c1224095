import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { CommandMeta, Diff, Role, RoomSnapshot } from '@atrium/rooms';
import { instant } from './instant.ts';

/** Slim on purpose: the session lookup of every request reads the whole row. */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    /**
     * Lower case; null for guests. Until it is confirmed it is a claim that anybody may make: an address belongs to the
     * one account that has confirmed it.
     */
    email: text('email'),
    name: text('name').notNull(),
    role: text('role').$type<'user' | 'admin'>().notNull().default('user'),
    isGuest: boolean('is_guest').notNull().default(false),
    confirmedAt: instant('confirmed_at'),
    disabledAt: instant('disabled_at'),
    /** When an account whose owner wants it gone is deleted; signing in before takes it back. */
    deleteAfter: instant('delete_after'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('users_confirmed_email')
      .on(table.email)
      .where(sql`${table.confirmedAt} is not null`),
    index('users_email').on(table.email),
    index('users_delete_after')
      .on(table.deleteAfter)
      .where(sql`${table.deleteAfter} is not null`),
    index('users_created_at').on(table.createdAt, table.id),
    index('users_admins')
      .on(table.id)
      .where(sql`${table.role} = 'admin'`),
    check('users_role', sql`${table.role} in ('user', 'admin')`),
    check('users_email_lower', sql`${table.email} = lower(${table.email})`),
  ],
);

export const credentials = pgTable('credentials', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** argon2id, PHC string. */
  passwordHash: text('password_hash').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 (hex) of the cookie's token: the table opens nothing. */
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Idle end; moved forward by use. */
    expiresAt: instant('expires_at').notNull(),
    /** What everybody else calls this session: sockets, device list, notifications. */
    publicId: uuid('public_id').notNull().unique(),
    createdAt: instant('created_at').notNull(),
    authenticatedAt: instant('authenticated_at').notNull(),
    absoluteExpiresAt: instant('absolute_expires_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    /** "Firefox on Linux". */
    label: text('label').notNull(),
    /** 203.0.113.0/24: a place, not an address. */
    ipPrefix: text('ip_prefix').notNull(),
    /** False: the cookie goes when the browser is closed. */
    isRemembered: boolean('is_remembered').notNull().default(true),
    /** How its owner proved who they are: password, totp, recovery-code, passkey, mail, provider; empty for guests. */
    factors: text('factors').array().$type<readonly Factor[]>().notNull().default([]),
    /** When the newest token was handed out: the offered one, or else the current one. */
    rotatedAt: instant('rotated_at').notNull().defaultNow(),
    /** SHA-256 of the token that was offered to replace the current one; the first request with it makes it current. */
    nextId: text('next_id').unique(),
    /** SHA-256 of the token before the current one: good until `previousUntil`, a sign of theft afterwards. */
    previousId: text('previous_id').unique(),
    previousUntil: instant('previous_until'),
    /** The administrator who acts as this person by this session, and their own session: it ends with either. */
    impersonatorId: uuid('impersonator_id').references(() => users.id, { onDelete: 'cascade' }),
    impersonatorSession: uuid('impersonator_session').references((): AnyPgColumn => sessions.publicId, {
      onDelete: 'cascade',
    }),
  },
  (table) => [
    index('sessions_user_id').on(table.userId),
    index('sessions_impersonator_id')
      .on(table.impersonatorId)
      .where(sql`${table.impersonatorId} is not null`),
    index('sessions_impersonator_session')
      .on(table.impersonatorSession)
      .where(sql`${table.impersonatorSession} is not null`),
    check(
      'sessions_impersonator',
      sql`(${table.impersonatorId} is null) = (${table.impersonatorSession} is null) and ${table.impersonatorId} <> ${table.userId}`,
    ),
  ],
);

/** How somebody proved who they are. */
export type Factor = 'password' | 'totp' | 'recovery-code' | 'passkey' | 'mail' | 'provider';

export const rooms = pgTable(
  'rooms',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    archivedAt: instant('archived_at'),
    /** Since when an administrator lets nobody change anything here; its owners cannot lift it. */
    frozenAt: instant('frozen_at'),
    /** Whoever is signed in and knows the address may look on. */
    isPublic: boolean('is_public').notNull().default(false),
  },
  (table) => [index('rooms_created_by').on(table.createdBy), index('rooms_created_at').on(table.createdAt, table.id)],
);

export const roomMembers = pgTable(
  'room_members',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role').$type<Role>().notNull(),
    /** The link that this membership hangs on: it ends when that is taken back. Null once an owner has set the role. */
    inviteId: uuid('invite_id').references((): AnyPgColumn => invites.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.roomId, table.userId] }),
    index('room_members_invite_id')
      .on(table.inviteId)
      .where(sql`${table.inviteId} is not null`),
    index('room_members_user_id').on(table.userId),
    check('room_members_role', sql`${table.role} in ('owner', 'editor', 'commenter', 'viewer')`),
  ],
);

export const invites = pgTable(
  'invites',
  {
    id: uuid('id').primaryKey(),
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    role: text('role').$type<Exclude<Role, 'owner'>>().notNull(),
    /** SHA-256 (hex) of the link's token. */
    tokenHash: text('token_hash').notNull().unique(),
    createdBy: uuid('created_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    /** How many people it lets in, and has let in; null for any number. */
    maxUses: integer('max_uses'),
    uses: integer('uses').notNull().default(0),
    /** To whom it was mailed, in lower case. */
    email: text('email'),
  },
  (table) => [
    index('invites_room_id').on(table.roomId),
    check('invites_uses', sql`${table.uses} between 0 and coalesce(${table.maxUses}, ${table.uses})`),
    check('invites_role', sql`${table.role} in ('editor', 'commenter', 'viewer')`),
  ],
);

/** Who has asked to be let into a room, and waits for an owner's answer. */
export const accessRequests = pgTable(
  'access_requests',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What they are called: an owner sees no row of somebody who is not in the room. */
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.userId] }), index('access_requests_user_id').on(table.userId)],
);

/** One row per group commit; the primary key is the safety rule of the log. */
export const roomBatches = pgTable(
  'room_batch',
  {
    roomId: uuid('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    ver: bigint('ver', { mode: 'number' }).notNull(),
    epoch: integer('epoch').notNull(),
    batchId: uuid('batch_id').notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
    node: text('node').notNull(),
    at: bigint('at', { mode: 'number' }).notNull(),
    diff: jsonb('diff').$type<Diff>().notNull(),
    commands: jsonb('commands').$type<readonly CommandMeta[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.ver] })],
);

/** The newest snapshot of each room. */
export const roomSnapshots = pgTable('room_snapshot', {
  roomId: uuid('room_id')
    .primaryKey()
    .references(() => rooms.id, { onDelete: 'cascade' }),
  ver: bigint('ver', { mode: 'number' }).notNull(),
  epoch: integer('epoch').notNull(),
  hash: text('hash').notNull(),
  schema: integer('schema').notNull(),
  at: bigint('at', { mode: 'number' }).notNull(),
  state: jsonb('state').$type<RoomSnapshot['state']>().notNull(),
  clients: jsonb('clients').$type<RoomSnapshot['clients']>().notNull(),
});
