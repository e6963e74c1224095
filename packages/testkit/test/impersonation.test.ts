import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, startTestServer, type TestServer } from '../src/index.ts';

/** An administrator acts as somebody else: for an hour, in sight, without powers, and never longer than they are one. */

interface Me {
  readonly user: { readonly id: string; readonly name: string } | null;
  readonly session: {
    readonly publicId: string;
    readonly absoluteExpiresAt: string;
    readonly sudoUntil: string;
    readonly canExtend: boolean;
    readonly impersonatedBy: { readonly userId: string; readonly name: string } | null;
  } | null;
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const me = (person: Person) => person.query<Me>('auth.me');
const idOf = async (person: Person) => (await me(person)).user?.id ?? '';

async function stage() {
  const [admin, ben] = await Promise.all([Person.signUp(server.url, 'Admin'), Person.signUp(server.url, 'Ben')]);
  const [adminId, benId] = [await idOf(admin), await idOf(ben)];
  await server.runSql(sql`update users set role = 'admin' where id = ${adminId}`);
  const own = (await me(admin)).session?.publicId ?? '';
  return { admin, ben, adminId, benId, own };
}

const rowsAbout = (userId: string) =>
  server.readSql<{ action: string; actor_id: string; detail: { by?: string } }>(
    sql`select action, actor_id, detail from audit_events where user_id = ${userId} order by id`,
  );

test('A124 whoever acts as somebody else is named, for an hour at most, and cannot be given more', async () => {
  const { admin, adminId, benId } = await stage();
  await admin.mutate('admin.impersonate', { userId: benId });
  const { user, session } = await me(admin);
  expect(user).toMatchObject({ id: benId, name: 'Ben' });
  expect(session).toMatchObject({ impersonatedBy: { userId: adminId, name: 'Admin' }, canExtend: false });
  const left = Date.parse(session?.absoluteExpiresAt ?? '') - Date.now();
  expect(left).toBeLessThanOrEqual(3_600_000);
  expect(left).toBeGreaterThan(3_500_000);
  await expect(admin.mutate('sessions.extend')).rejects.toMatchObject({ reason: 'NOT_ALLOWED' });
});

test('A124 there is no sudo, no administration and no way to either, over HTTP and over the socket', async () => {
  const { admin, benId } = await stage();
  await admin.mutate('admin.impersonate', { userId: benId });
  await using socket = await admin.openSocket();
  const refused = { reason: 'NOT_ALLOWED' };
  await expect(admin.mutate('account.changePassword', { password: 'another horse' })).rejects.toMatchObject(refused);
  await expect(admin.mutate('auth.reauthenticate', { password: 'correct horse' })).rejects.toMatchObject(refused);
  await expect(admin.mutate('tokens.create', { name: 'Bot', permissions: [] })).rejects.toMatchObject(refused);
  await expect(admin.query('account.export')).rejects.toMatchObject(refused);
  await expect(admin.query('admin.users')).rejects.toMatchObject(refused);
  for (const [method, path] of [
    ['query', 'admin.users'],
    ['mutation', 'sessions.extend'],
  ] as const) {
    expect(await socket.call(method, path, {})).toMatchObject({ error: { data: refused } });
  }
});

test('A126 what is done is written down under the name of the administrator, and the person sees it', async () => {
  const { admin, ben, adminId, benId } = await stage();
  await admin.mutate('admin.impersonate', { userId: benId });
  const roomId = await admin.createBoard();
  await admin.mutate('rooms.rename', { roomId, title: 'Renamed' });
  const rows = await rowsAbout(benId);
  const byAdmin = rows.filter(({ actor_id: actor }) => actor === adminId);
  expect(byAdmin.map(({ action, detail }) => [action, detail.by])).toEqual([
    ['admin-impersonated', 'Admin'],
    ['room-renamed', 'Admin'],
  ]);
  const { items } = await ben.query<{ items: { action: string; place: string; label: string }[] }>('account.activity');
  expect(items.slice(0, 2).map(({ action, place, label }) => [action, place, label])).toEqual([
    ['room-renamed', '', ''],
    ['admin-impersonated', '', ''],
  ]);
  const devices = await ben.query<{ label: string; place: string; impersonated: boolean }[]>('sessions.list');
  const theirs = devices.filter(({ impersonated }) => impersonated);
  expect(theirs).toMatchObject([{ label: 'An administrator', place: '' }]);
});

test('A127 going back hands over the administrator’s own session, out of sudo, and the other token is worth nothing', async () => {
  const { admin, benId, adminId, own } = await stage();
  const before = admin.cookie;
  await admin.mutate('admin.impersonate', { userId: benId });
  const acting = admin.cookie;
  const back = await admin.mutate<Me>('auth.stopImpersonating');
  expect(back.user?.id).toBe(adminId);
  expect(back.session).toMatchObject({ publicId: own, impersonatedBy: null });
  await expect(admin.mutate('admin.disable', { userId: benId })).rejects.toMatchObject({ reason: 'SUDO_REQUIRED' });
  for (const cookie of [before, acting]) {
    const thief = new Person(server.url);
    thief.cookie = cookie;
    expect((await me(thief)).user).toBeNull();
  }
  await expect(admin.mutate('auth.stopImpersonating')).rejects.toMatchObject({ reason: 'NOT_ALLOWED' });
});

test('A124 nobody acts as an administrator, as somebody disabled, or as themselves', async () => {
  const { admin, adminId, benId } = await stage();
  const refused = { reason: 'NOT_ALLOWED' };
  await expect(admin.mutate('admin.impersonate', { userId: adminId })).rejects.toMatchObject(refused);
  await server.runSql(sql`update users set disabled_at = now() where id = ${benId}`);
  await expect(admin.mutate('admin.impersonate', { userId: benId })).rejects.toMatchObject(refused);
  await server.runSql(sql`update users set disabled_at = null, role = 'admin' where id = ${benId}`);
  await expect(admin.mutate('admin.impersonate', { userId: benId })).rejects.toMatchObject(refused);
});

test.each([
  ['is lowered', (id: string) => sql`update users set role = 'user' where id = ${id}`],
  ['is disabled', (id: string) => sql`update users set disabled_at = now() where id = ${id}`],
  ['is signed out', (id: string) => sql`delete from sessions where user_id = ${id}`],
])('A125 an administrator who %s acts as nobody from that moment, on no open socket either', async (_, end) => {
  const { admin, ben, adminId, benId } = await stage();
  await admin.mutate('admin.impersonate', { userId: benId });
  await using acting = await admin.openSocket();
  await using own = await ben.openSocket();
  await server.runSql(end(adminId));
  const committed = performance.now();
  expect(await acting.closed).toMatchObject({ code: 4401 });
  expect(performance.now() - committed).toBeLessThan(250);
  await expect(admin.query('rooms.list')).rejects.toMatchObject({ reason: 'SIGNED_OUT' });
  expect(await own.call('query', 'rooms.list', {})).toMatchObject({ result: {} });
});

test('A125 the person ends it like any other device', async () => {
  const { admin, ben, benId } = await stage();
  await admin.mutate('admin.impersonate', { userId: benId });
  await ben.mutate('sessions.revokeOthers');
  expect((await me(admin)).user).toBeNull();
});
