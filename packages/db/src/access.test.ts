/**
 * Row-level security, table by table, with raw SQL as the role that a user's requests run as: whatever a repository
 * function forgets, the database refuses.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from './rows.ts';
import {
  arrangeInvite,
  arrangeMember,
  arrangeRoom,
  arrangeSession,
  arrangeUser,
  openTestDatabase,
  type TestDatabase,
} from './testing/index.ts';

interface World {
  readonly db: TestDatabase;
  readonly owner: string;
  readonly viewer: string;
  /** Has a room of their own, and shares none with the others. */
  readonly stranger: string;
  readonly roomId: string;
}

let world: World;

beforeEach(async () => {
  const db = await openTestDatabase();
  const [owner, viewer, stranger] = [await arrangeUser(db), await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId: viewer, role: 'viewer' });
  await arrangeRoom(db, stranger);
  await arrangeInvite(db, { roomId, createdBy: owner });
  for (const userId of [owner, viewer, stranger]) await arrangeSession(db, userId);
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.execute(sql`insert into credentials (user_id, password_hash) select id, 'hash' from users`);
    await tx.execute(
      sql`insert into room_batch select id, 1, 1, gen_random_uuid(), '', 'h', 'n', 7, '{}', '[]' from rooms`,
    );
    await tx.execute(sql`insert into room_snapshot select id, 1, 1, 'h', 1, 7, '{}', '{}' from rooms`);
  });
  world = { db, owner, viewer, stranger, roomId };
  return async () => await db.close();
});

/** Runs one statement as that user; resolves with the number of rows it returned. */
async function as(user: string, statement: string): Promise<number> {
  return await world.db.withScope({ user }, async (tx) => (await rowsOf(tx, sql.raw(statement))).length);
}

const refused = { code: '42501' };

describe('users', () => {
  test('see themselves and the people they share a room with, and nobody else', async () => {
    expect(await as(world.owner, `select id from users`)).toBe(2);
    expect(await as(world.viewer, `select id from users where id = '${world.owner}'`)).toBe(1);
    expect(await as(world.stranger, `select id from users`)).toBe(1);
    expect(await as(randomUUID(), `select id from users`)).toBe(0);
  });

  test('never see an address', async () => {
    await expect(as(world.owner, `select email from users`)).rejects.toMatchObject(refused);
  });

  test('rename themselves only, and cannot make themselves more', async () => {
    expect(await as(world.viewer, `update users set name = 'New' returning id`)).toBe(1);
    expect(await as(world.viewer, `update users set name = 'New' where id = '${world.owner}' returning id`)).toBe(0);
    await expect(as(world.viewer, `update users set role = 'admin'`)).rejects.toMatchObject(refused);
    await expect(as(world.viewer, `update users set disabled_at = null`)).rejects.toMatchObject(refused);
    await expect(as(world.viewer, `delete from users`)).rejects.toMatchObject(refused);
    await expect(
      as(world.viewer, `insert into users (id, name) values (gen_random_uuid(), 'X')`),
    ).rejects.toMatchObject(refused);
  });
});

describe('credentials', () => {
  test.each([
    'select user_id from credentials',
    `update credentials set password_hash = ''`,
    'delete from credentials',
  ])('are out of reach: %s', async (statement) => {
    await expect(as(world.owner, statement)).rejects.toMatchObject(refused);
  });
});

describe('sessions', () => {
  test("are one's own", async () => {
    expect(await as(world.viewer, `select public_id from sessions`)).toBe(1);
    expect(await as(world.viewer, `delete from sessions where user_id = '${world.owner}' returning public_id`)).toBe(0);
    expect(await as(world.viewer, `delete from sessions returning public_id`)).toBe(1);
    expect(await as(world.owner, `select public_id from sessions`)).toBe(1);
  });

  test('keep the hash to themselves, and cannot be made or prolonged', async () => {
    await expect(as(world.viewer, `select id from sessions`)).rejects.toMatchObject(refused);
    await expect(as(world.viewer, `update sessions set expires_at = 'infinity'`)).rejects.toMatchObject(refused);
    const forged = `insert into sessions select 'x', user_id, expires_at, gen_random_uuid(), created_at,
      authenticated_at, absolute_expires_at, last_seen_at, label, ip_prefix from sessions`;
    await expect(as(world.viewer, forged)).rejects.toMatchObject(refused);
  });
});

describe('rooms', () => {
  test('are seen by members', async () => {
    expect(await as(world.owner, `select id from rooms`)).toBe(1);
    expect(await as(world.viewer, `select id from rooms`)).toBe(1);
    expect(await as(world.stranger, `select id from rooms where id = '${world.roomId}'`)).toBe(0);
  });

  test.each(['title = $$New$$', 'archived_at = now()'])('are changed by owners: %s', async (change) => {
    const statement = `update rooms set ${change} where id = '${world.roomId}' returning id`;
    expect(await as(world.viewer, statement)).toBe(0);
    expect(await as(world.stranger, statement)).toBe(0);
    expect(await as(world.owner, statement)).toBe(1);
  });

  test('are deleted by owners', async () => {
    const statement = `delete from rooms where id = '${world.roomId}' returning id`;
    expect(await as(world.viewer, statement)).toBe(0);
    expect(await as(world.stranger, statement)).toBe(0);
    expect(await as(world.owner, statement)).toBe(1);
  });

  test("cannot change hands, or be opened in somebody else's name", async () => {
    await expect(as(world.owner, `update rooms set created_by = '${world.viewer}'`)).rejects.toMatchObject(refused);
    const forged = `insert into rooms (id, kind, title, created_by) values (gen_random_uuid(), 'board', 'X', '${world.owner}')`;
    await expect(as(world.stranger, forged)).rejects.toMatchObject(refused);
  });
});

describe('members', () => {
  const membership = (roomId: string, userId: string, role: string): string =>
    `insert into room_members (room_id, user_id, role) values ('${roomId}', '${userId}', '${role}')`;

  test('are seen by members', async () => {
    expect(await as(world.viewer, `select user_id from room_members`)).toBe(2);
    expect(await as(world.stranger, `select user_id from room_members`)).toBe(1);
    expect(await as(world.stranger, `select user_id from room_members where room_id = '${world.roomId}'`)).toBe(0);
  });

  test('cannot let themselves or others in', async () => {
    await expect(as(world.stranger, membership(world.roomId, world.stranger, 'viewer'))).rejects.toMatchObject(refused);
    await expect(as(world.stranger, membership(world.roomId, world.stranger, 'owner'))).rejects.toMatchObject(refused);
    await expect(as(world.owner, membership(world.roomId, world.stranger, 'viewer'))).rejects.toMatchObject(refused);
  });

  test('cannot raise themselves or remove others, and may leave', async () => {
    expect(await as(world.viewer, `update room_members set role = 'owner' returning user_id`)).toBe(0);
    const others = `delete from room_members where user_id <> '${world.viewer}' returning user_id`;
    expect(await as(world.viewer, others)).toBe(0);
    expect(await as(world.stranger, `delete from room_members where room_id = '${world.roomId}' returning role`)).toBe(
      0,
    );
    expect(await as(world.viewer, `delete from room_members returning user_id`)).toBe(1);
  });

  test('are lowered, raised and removed by owners, and moved nowhere', async () => {
    const ofViewer = `where user_id = '${world.viewer}' returning user_id`;
    expect(await as(world.owner, `update room_members set role = 'editor' ${ofViewer}`)).toBe(1);
    const moved = `update room_members set user_id = '${world.stranger}' ${ofViewer}`;
    await expect(as(world.owner, moved)).rejects.toMatchObject(refused);
    expect(await as(world.owner, `delete from room_members ${ofViewer}`)).toBe(1);
  });

  test('keep an owner, whoever writes', async () => {
    for (const statement of [`update room_members set role = 'editor'`, 'delete from room_members']) {
      await expect(as(world.owner, statement)).rejects.toMatchObject({ code: 'AT001' });
      const system = world.db.withScope({ system: 'test' }, async (tx) => await tx.execute(sql.raw(statement)));
      await expect(system).rejects.toMatchObject({ code: 'AT001' });
    }
  });

  test('do not get back into a room that they made and left', async () => {
    await world.db.withScope({ system: 'test' }, async (tx) => {
      await tx.execute(sql`update room_members set role = 'owner' where user_id = ${world.viewer}`);
      await tx.execute(sql`delete from room_members where user_id = ${world.owner}`);
    });
    await expect(as(world.owner, membership(world.roomId, world.owner, 'owner'))).rejects.toMatchObject(refused);
  });
});

describe('invites', () => {
  const invite = (roomId: string, createdBy: string): string =>
    `insert into invites (id, room_id, role, token_hash, created_by, expires_at)
     values (gen_random_uuid(), '${roomId}', 'editor', gen_random_uuid(), '${createdBy}', now())`;

  test('are the business of owners', async () => {
    for (const user of [world.viewer, world.stranger]) {
      expect(await as(user, `select id from invites`)).toBe(0);
      expect(await as(user, `delete from invites returning id`)).toBe(0);
      await expect(as(user, invite(world.roomId, user))).rejects.toMatchObject(refused);
    }
    await expect(as(world.owner, invite(world.roomId, world.owner))).resolves.toBe(0);
    expect(await as(world.owner, `delete from invites returning id`)).toBe(2);
  });

  test("are made in one's own name, and never show the token's hash", async () => {
    await expect(as(world.owner, invite(world.roomId, world.viewer))).rejects.toMatchObject(refused);
    await expect(as(world.owner, `select token_hash from invites`)).rejects.toMatchObject(refused);
    await expect(as(world.owner, `update invites set expires_at = 'infinity'`)).rejects.toMatchObject(refused);
  });
});

describe.each(['room_batch', 'room_snapshot'])('%s', (table) => {
  test('tells members that something happened, not what', async () => {
    expect(await as(world.viewer, `select ver, at from ${table}`)).toBe(1);
    expect(await as(world.stranger, `select ver from ${table} where room_id = '${world.roomId}'`)).toBe(0);
    const content = table === 'room_batch' ? 'diff' : 'state';
    await expect(as(world.owner, `select ${content} from ${table}`)).rejects.toMatchObject(refused);
  });

  test.each(['update % set ver = 2', 'delete from %', `insert into % (room_id) values (gen_random_uuid())`])(
    'is written by nobody: %s',
    async (statement) => {
      await expect(as(world.owner, statement.replace('%', table))).rejects.toMatchObject(refused);
    },
  );
});

test('every table is under row-level security, its owner included', async () => {
  const open = await world.db.asOwner(`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)`);
  expect(open).toEqual([]);
});

test('a user cannot become the system or name another user and be believed afterwards', async () => {
  // app_user is a member of nothing; only the login may change roles, and only from the outside.
  const memberships = await world.db.asOwner(`
    select from pg_auth_members where member in (select oid from pg_roles where rolname in ('app_user', 'app_system'))`);
  expect(memberships).toEqual([]);
});
