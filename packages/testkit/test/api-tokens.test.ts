import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, Program, RawSocket, startTestServer, type TestServer } from '../src/index.ts';

/** Programs against a real server, over HTTP and with raw frames. */

let server: TestServer;
let ada: Person;
let roomId: string;
beforeAll(async () => {
  server = await startTestServer();
  ada = await confirmed('Ada');
  roomId = await ada.createBoard();
});
afterAll(() => server[Symbol.asyncDispose]());

async function confirmed(name: string): Promise<Person> {
  const person = await Person.signUp(server.url, name);
  const { user } = await person.query<{ user: { id: string } }>('auth.me');
  await server.runSql(sql`update users set confirmed_at = now() where id = ${user.id}`);
  return person;
}

const all = ['account:read', 'rooms:read', 'rooms:write', 'members:read', 'members:write'];

const commands = [{ seq: 1, name: 'setMeta', input: { background: '#fafafa' } }];

async function watching(program: Program): Promise<RawSocket> {
  const socket = await program.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  return socket;
}

test('A93 a program acts for its person over HTTP and over a socket, and the log names the person', async () => {
  const bot = await Program.of(ada, all);
  const { user } = await bot.query<{ user: { id: string; name: string } }>('auth.me');
  expect(user.name).toBe('Ada');
  await bot.mutate('rooms.send', { roomId, clientId: 'http', commands });
  await using socket = await watching(bot);
  const sent = await socket.call('mutation', 'rooms.send', { roomId, clientId: 'socket', commands });
  expect(sent.result?.data).toMatchObject({ results: [{ ok: true }] });
  const log = await server.readLog(roomId);
  expect(log.flatMap((batch) => batch.commands).map(({ userId }) => userId)).toEqual([user.id, user.id]);
  const [listed] = await ada.query<{ sockets: number; rooms: { id: string }[]; lastUsedAt: string }[]>('tokens.list');
  expect(listed).toMatchObject({ sockets: 1, rooms: [{ id: roomId }], lastUsedAt: expect.any(String) });
});

test('A104 what is sent in one go with the token is done, each call once', async () => {
  const bot = await Program.of(ada, all);
  await using socket = await RawSocket.open(server.url, {}, '/trpc?connectionParams=1');
  const call = (id: number) =>
    JSON.stringify({ id, method: 'query', params: { path: 'rooms.get', input: { roomId } } });
  // Corked, so that all of it reaches the server in one piece.
  const line = (socket.ws as unknown as { _socket: { cork(): void; uncork(): void } })._socket;
  line.cork();
  socket.ws.send(JSON.stringify({ method: 'connectionParams', data: { token: bot.issued.accessToken } }));
  for (let id = 1; id <= 5; id += 1) socket.ws.send(call(id));
  line.uncork();
  await Promise.all([1, 2, 3, 4, 5].map((wanted) => socket.frame(({ id }) => id === wanted)));
  // Queries may overtake each other.
  expect(new Set(socket.frames.map(({ id }) => id))).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(socket.frames).toHaveLength(5);
});

test('A96 a revoked token is dead at once over HTTP, and not a frame comes 250 ms later over its sockets', async () => {
  const bot = await Program.of(ada, all);
  const stays = await Program.of(ada, all);
  const [socket, other] = [await watching(bot), await watching(stays)];
  const started = performance.now();
  await ada.mutate('tokens.revoke', { id: bot.issued.id });
  await expect(bot.query('rooms.list')).rejects.toMatchObject({ status: 401, reason: 'SIGNED_OUT' });
  expect(await socket.closed).toEqual({ code: 4401, reason: 'signed-out-elsewhere' });
  expect(performance.now() - started).toBeLessThan(250);
  expect((await other.call('query', 'rooms.get', { roomId })).result?.type).toBe('data');
  await expect(bot.refresh()).rejects.toMatchObject({ status: 401, reason: 'TOKEN_INVALID' });
  await other[Symbol.asyncDispose]();
});

test('A96 a row that is deleted by SQL, and a person who is disabled, end the socket too', async () => {
  const eve = await confirmed('Eve');
  await ada.letIn(eve, roomId, 'editor');
  const [one, two] = [await Program.of(eve, all), await Program.of(eve, all)];
  const [first, second] = [await watching(one), await watching(two)];
  await server.runSql(sql`delete from api_tokens where id = ${one.issued.id}`);
  expect(await first.closed).toEqual({ code: 4401, reason: 'signed-out-elsewhere' });
  expect(second.ws.readyState).toBe(second.ws.OPEN);
  await server.runSql(sql`update users set disabled_at = now() where name = 'Eve'`);
  expect(await second.closed).toEqual({ code: 4401, reason: 'disabled' });
  await expect(two.query('rooms.list')).rejects.toMatchObject({ reason: 'SIGNED_OUT' });
});

test('A97 an old refresh token that is presented again ends the token, and its sockets are told of a theft', async () => {
  const bot = await Program.of(ada, all);
  const stolen = bot.issued.refreshToken;
  await bot.refresh();
  const socket = await watching(bot);
  await expect(bot.refresh(stolen)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
  expect(await socket.closed).toEqual({ code: 4401, reason: 'theft' });
  await expect(bot.query('rooms.list')).rejects.toMatchObject({ reason: 'SIGNED_OUT' });
});

test('A105 the socket lives as long as the row, not as the access token; at the end of the row it ends', async () => {
  const bot = await Program.of(ada, all);
  const socket = await watching(bot);
  await bot.refresh();
  expect((await socket.call('query', 'rooms.get', { roomId })).result?.type).toBe('data');
  await server.runSql(sql`update api_tokens set expires_at = now() + interval '300 ms' where id = ${bot.issued.id}`);
  expect(await socket.closed).toEqual({ code: 4401, reason: 'expired' });
});

test.each([
  ['a token that is none', { method: 'connectionParams', data: { token: 'x' } }],
  ['no token', { method: 'connectionParams', data: {} }],
  ['no parameters', { method: 'connectionParams', data: null }],
  ['a call', { id: 1, method: 'query', params: { path: 'rooms.list' } }],
  ['a session token', { method: 'connectionParams', data: { token: 'x'.repeat(43) } }],
])('A104 a socket whose first message is %s closes with 4401, and nothing is done', async (_name, message) => {
  const socket = await RawSocket.open(server.url, {}, '/trpc?connectionParams=1');
  socket.ws.send(JSON.stringify(message));
  socket.send('mutation', 'rooms.create', { kind: 'board', title: 'Never' });
  expect(await socket.closed).toEqual({ code: 4401, reason: 'signed-out' });
  expect(socket.frames).toEqual([]);
});

test('A104 so many sockets may wait to say their token, and no more; each that goes makes room', async () => {
  const open = () => RawSocket.open(server.url, {}, '/trpc?connectionParams=1');
  const waiting = await Promise.all(Array.from({ length: 128 }, open));
  await expect(open()).rejects.toMatchObject({ status: 429 });
  const bot = await Program.of(ada, all);
  const [first] = waiting;
  first?.ws.send(JSON.stringify({ method: 'connectionParams', data: { token: bot.issued.accessToken } }));
  await first?.call('query', 'rooms.get', { roomId });
  const another = await open();
  for (const { ws } of [...waiting, another]) ws.terminate();
});

test('A103 with a bearer token the cookie does not count: neither its rights nor its person', async () => {
  const eve = await confirmed('Eve');
  const bot = await Program.of(ada, ['account:read']);
  bot.headers = { cookie: eve.cookie };
  expect(await bot.query('auth.me')).toMatchObject({ user: { name: 'Ada' } });
  await expect(bot.mutate('rooms.create', { kind: 'board', title: 'x' })).rejects.toMatchObject({
    reason: 'PERMISSION_MISSING',
  });
  bot.headers = { cookie: eve.cookie, authorization: 'Bearer nonsense' };
  await expect(bot.query('auth.me')).rejects.toMatchObject({ reason: 'SIGNED_OUT' });
  await expect(bot.mutate('auth.logout')).rejects.toMatchObject({ reason: 'PERMISSION_MISSING' });
  expect(await eve.query('auth.me')).toMatchObject({ user: { name: 'Eve' } });
});

test('A103 a foreign page with a bearer token is refused as before', async () => {
  const bot = await Program.of(ada, all);
  bot.headers = { origin: 'https://evil.example' };
  await expect(bot.query('rooms.list')).rejects.toMatchObject({ reason: 'FOREIGN_ORIGIN' });
  await expect(bot.mutate('rooms.create', { kind: 'board', title: 'x' })).rejects.toMatchObject({
    reason: 'FOREIGN_ORIGIN',
  });
});

test('A100 unknown permissions, none, and an end too far away are refused', async () => {
  const wanted = { name: 'Bot', permissions: ['rooms:read'] };
  for (const wrong of [{ permissions: ['admin'] }, { permissions: [] }, { expiresIn: 10 ** 9 }, { name: ' ' }]) {
    await expect(ada.mutate('tokens.create', { ...wanted, ...wrong })).rejects.toMatchObject({
      reason: 'INVALID_INPUT',
    });
  }
});
