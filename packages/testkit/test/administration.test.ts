import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, type RawSocket, startTestServer, type TestServer, until } from '../src/index.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const idOf = async (person: Person) => (await person.query<{ user: { id: string } }>('auth.me')).user.id;
const promote = (id: string) => server.runSql(sql`update users set role = 'admin' where id = ${id}`);

/** Everything that was refused, as the log holds it; looked for until it is there. */
async function denialsOf(fits: { readonly actor: string | null; readonly procedure: string }) {
  const deadline = Date.now() + 3_000;
  for (;;) {
    const rows = await server.readSql<{ actor_id: string | null; detail: Record<string, unknown> }>(
      sql`select actor_id, detail from audit_events where action = 'denied' order by id`,
    );
    const found = rows.filter(
      ({ actor_id: id, detail }) => id === fits.actor && detail['procedure'] === fits.procedure,
    );
    if (found.length > 0 || Date.now() > deadline) return found.map(({ detail }) => detail);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('A121 the link of the first start makes one administrator, who has to be somebody, and works once', async () => {
  await using fresh = await startTestServer();
  const token = fresh.setupUrl?.split('#')[1] ?? '';
  expect(fresh.setupUrl).toBe(`${fresh.url}/setup#${token}`);
  const [ada, bob, guest] = await Promise.all([
    Person.register(fresh.url, 'Ada'),
    Person.signUp(fresh.url, 'Bob'),
    Person.guest(fresh.url),
  ]);
  await expect(guest.mutate('admin.becomeFirst', { token })).rejects.toMatchObject({ reason: 'NOT_ALLOWED' });
  await expect(ada.mutate('admin.becomeFirst', { token })).rejects.toMatchObject({ reason: 'CONFIRM_EMAIL' });
  await expect(bob.mutate('admin.becomeFirst', { token: 'a guess' })).rejects.toMatchObject({ reason: 'LINK_INVALID' });
  await expect(bob.query('admin.users')).rejects.toMatchObject({ reason: 'NOT_ALLOWED' });
  await bob.mutate('admin.becomeFirst', { token });
  expect(await bob.query('admin.users')).toMatchObject({ items: expect.any(Array) as unknown });
  const cem = await Person.signUp(fresh.url, 'Cem');
  await expect(cem.mutate('admin.becomeFirst', { token })).rejects.toMatchObject({ reason: 'LINK_INVALID' });
  const rows = await fresh.readSql(sql`select 1 from setup_links`);
  expect(rows).toEqual([]);
});

test('A123 the last administrator is neither lowered nor disabled; of two, one may be', async () => {
  await using fresh = await startTestServer();
  const [one, two] = [await Person.signUp(fresh.url), await Person.signUp(fresh.url)];
  const [oneId, twoId] = [await idOf(one), await idOf(two)];
  await fresh.runSql(sql`update users set role = 'admin' where id = ${oneId}`);
  const last = { reason: 'LAST_ADMIN' };
  await expect(one.mutate('admin.setRole', { userId: oneId, role: 'user' })).rejects.toMatchObject(last);
  await expect(one.mutate('admin.disable', { userId: oneId })).rejects.toMatchObject(last);
  await one.mutate('admin.setRole', { userId: twoId, role: 'admin' });
  const lower = (by: Person, userId: string) => by.mutate('admin.setRole', { userId, role: 'user' });
  const done = await Promise.allSettled([lower(one, twoId), lower(two, oneId)]);
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the dashboard streams, and stops for whoever is lowered, within the budget and without closing the socket', async () => {
  const admin = await Person.signUp(server.url);
  const id = await idOf(admin);
  await using socket = await admin.openSocket();
  const tooEarly = socket.send('subscription', 'admin.live', {});
  expect(await socket.frame((frame) => frame.id === tooEarly)).toMatchObject({
    error: { data: { reason: 'NOT_ALLOWED' } },
  });
  await promote(id);
  const live = socket.send('subscription', 'admin.live', {});
  const first = await socket.frame(({ id: of, result }) => of === live && result?.type === 'data');
  expect(first.result?.data).toMatchObject({
    sockets: expect.any(Number) as unknown,
    memory: {},
    revocations: expect.any(Number) as unknown,
  });
  await server.runSql(sql`update users set role = 'user' where id = ${id}`);
  const committed = performance.now();
  expect(await socket.frame(({ id: of, error }) => of === live && error !== undefined)).toMatchObject({
    error: { data: { reason: 'NOT_ALLOWED' } },
  });
  expect(performance.now() - committed).toBeLessThan(250);
  expect(await socket.call('query', 'rooms.list', {})).toMatchObject({ result: {} });
});

test('A122 an administrator who is lowered while they act changes nothing after it, in either order', async () => {
  const [admin, ben] = await Promise.all([Person.signUp(server.url), Person.signUp(server.url)]);
  const [id, benId] = [await idOf(admin), await idOf(ben)];
  for (let round = 0; round < 6; round += 1) {
    await promote(id);
    let isLowered = false;
    const lower = async () => {
      await server.runSql(sql`update users set role = 'user' where id = ${id}`);
      isLowered = true;
    };
    let lateSuccess = false;
    const act = async (word: string) => {
      const wasLowered = isLowered;
      await admin.mutate(word, { userId: benId }).then(
        () => (lateSuccess ||= wasLowered),
        () => null,
      );
    };
    await Promise.all(round % 2 ? [lower(), act('admin.disable')] : [act('admin.disable'), lower()]);
    await act('admin.enable');
    expect(lateSuccess).toBe(false);
    await server.runSql(sql`update users set disabled_at = null where id = ${benId}`);
  }
});

test('A129 every denial is in the audit log: who, what, why and where, and a flood is a few rows', async () => {
  const [ada, eve] = await Promise.all([Person.signUp(server.url), Person.signUp(server.url)]);
  const roomId = await ada.createBoard();
  const eveId = await idOf(eve);
  for (let n = 0; n < 30; n += 1) await eve.query('rooms.get', { roomId }).catch(() => {});
  await eve.query('admin.users').catch(() => {});
  expect(await denialsOf({ actor: eveId, procedure: 'rooms.get' })).toEqual([
    { procedure: 'rooms.get', reason: 'NOT_FOUND', room: roomId },
  ]);
  expect(await denialsOf({ actor: eveId, procedure: 'admin.users' })).toEqual([
    { procedure: 'admin.users', reason: 'NOT_ALLOWED' },
  ]);
  await ada.letIn(eve, roomId, 'viewer');
  await using socket = await eve.openSocket();
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#ffffff' } }];
  await socket.call('mutation', 'rooms.send', { roomId, clientId: 'raw', commands });
  expect(await denialsOf({ actor: eveId, procedure: 'rooms.send' })).toMatchObject([{ reason: 'NOT_ALLOWED' }]);
});

test('A129 what is refused before anybody looks who it is, is in the log too', async () => {
  const foreign = { origin: 'https://evil.example.org', 'content-type': 'application/json' };
  await fetch(`${server.url}/trpc/auth.logout`, { method: 'POST', headers: foreign });
  expect(await denialsOf({ actor: null, procedure: 'auth.logout' })).toMatchObject([{ reason: 'FOREIGN_ORIGIN' }]);
  await new Person(server.url).openSocket().catch(() => {});
  expect(await denialsOf({ actor: null, procedure: 'upgrade' })).toMatchObject([{ reason: 'SIGNED_OUT' }]);
});

test('A129 whoever makes names up writes no row for each', async () => {
  const foreign = { origin: 'https://evil.example.org', 'content-type': 'application/json' };
  const call = (name: string) => fetch(`${server.url}/trpc/${name}`, { method: 'POST', headers: foreign });
  for (let n = 0; n < 40; n += 1) await call(n % 2 ? `made.up${n}` : `rooms.get,rooms.list,made.up${n}`);
  const found = await denialsOf({ actor: null, procedure: '?' });
  expect(found).toEqual([{ procedure: '?', reason: 'FOREIGN_ORIGIN' }]);
  const names = await server.readSql(sql`select 1 from audit_events where detail ->> 'procedure' like '%made.up%'`);
  expect(names).toEqual([]);
});

async function watch(person: Person, roomId: string): Promise<RawSocket> {
  const socket = await person.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  return socket;
}

test('a visitor of a public room looks on, changes nothing, and is out when it becomes private', async () => {
  const [ada, ben, guest] = await Promise.all([
    Person.signUp(server.url, 'Ada'),
    Person.signUp(server.url, 'Ben'),
    Person.guest(server.url),
  ]);
  const roomId = await ada.createBoard('Plan');
  await ada.letIn(ben, roomId, 'viewer');
  await expect(guest.query('rooms.get', { roomId })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  await ada.mutate('rooms.publish', { roomId, public: true });
  expect(await new Person(server.url).query('rooms.preview', { roomId })).toEqual({ title: 'Plan', kind: 'board' });
  expect(await guest.query('rooms.get', { roomId })).toMatchObject({ role: 'viewer', member: false, public: true });
  await using visitor = await watch(guest, roomId);
  await using member = await watch(ben, roomId);
  const refused = { error: { data: { reason: 'NOT_ALLOWED' } } };
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#ffffff' } }];
  for (const [path, input] of [
    ['rooms.send', { roomId, clientId: 'raw', commands }],
    ['rooms.setPresence', { roomId, meta: { cursor: { x: 1, y: 2 } } }],
    ['rooms.rename', { roomId, title: 'Mine' }],
    ['members.leave', { roomId }],
  ] as const) {
    expect(await visitor.call('mutation', path, input)).toMatchObject(refused);
  }
  expect(await visitor.call('query', 'members.list', { roomId })).toMatchObject(refused);
  await ada.mutate('rooms.publish', { roomId, public: false });
  const committed = performance.now();
  expect(await visitor.event('end')).toMatchObject({ reason: 'removed', by: { name: 'Ada' } });
  expect(performance.now() - committed).toBeLessThan(250);
  expect(member.frames.some(({ result }) => JSON.stringify(result ?? {}).includes('"end"'))).toBe(false);
  await expect(guest.query('rooms.get', { roomId })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  await expect(new Person(server.url).query('rooms.preview', { roomId })).rejects.toMatchObject({
    reason: 'NOT_FOUND',
  });
});

test('a visitor who is let in gets the role on the page that is open', async () => {
  const [ada, ben] = await Promise.all([Person.signUp(server.url, 'Ada'), Person.signUp(server.url, 'Ben')]);
  const roomId = await ada.createBoard();
  await ada.mutate('rooms.publish', { roomId, public: true });
  await using socket = await watch(ben, roomId);
  await ben.mutate('accessRequests.create', { roomId });
  const isAsked = async () => (await ada.query<unknown[]>('accessRequests.list', { roomId })).length > 0;
  await until(isAsked, { what: 'the request', patience: 5_000 });
  await ada.mutate('accessRequests.answer', { roomId, userId: await idOf(ben), role: 'editor' });
  expect(await socket.event('role')).toMatchObject({ role: 'editor', by: { name: 'Ada' } });
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#ffffff' } }];
  const answer = await socket.call('mutation', 'rooms.send', { roomId, clientId: 'raw', commands });
  expect(answer.result?.data).toMatchObject({ results: [{ ok: true }] });
});
