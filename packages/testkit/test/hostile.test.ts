import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, RawSocket, startTestServer, type TestServer } from '../src/index.ts';

/** Whatever is sent, the process lives, nothing changes, and the refusal has a reason. */

let server: TestServer;
let ada: Person;
beforeAll(async () => {
  server = await startTestServer();
  ada = await Person.signUp(server.url);
});
afterAll(async () => {
  expect(await (await fetch(`${server.url}/healthz`)).text()).toBe('alive\n');
  await server[Symbol.asyncDispose]();
});

function post(path: string, init: { headers?: Record<string, string>; body?: string | FormData }) {
  const headers = { origin: server.url, cookie: ada.cookie, ...init.headers };
  return fetch(`${server.url}/trpc/${path}`, { method: 'POST', ...init, headers });
}

async function reasonOf(response: Response): Promise<[number, string]> {
  const answer = (await response.json()) as
    | { error?: { data: { reason: string } } }
    | { error?: { data: { reason: string } } }[];
  const first = Array.isArray(answer) ? answer[0] : answer;
  return [response.status, first?.error?.data.reason ?? 'none'];
}

test('a foreign page with our cookie cannot sign anybody out', async () => {
  const json = { 'content-type': 'application/json' };
  expect(await reasonOf(await post('auth.logout', { headers: { ...json, origin: 'https://evil.example' } }))).toEqual([
    403,
    'FOREIGN_ORIGIN',
  ]);
  const form = new FormData();
  form.set('x', '1');
  expect(await reasonOf(await post('auth.logout', { body: form }))).toEqual([415, 'INVALID_INPUT']);
  expect(await reasonOf(await post('auth.logout', { headers: { 'content-type': 'text/plain' }, body: '{}' }))).toEqual([
    415,
    'INVALID_INPUT',
  ]);
  expect(await ada.query('auth.me')).toMatchObject({ user: { name: 'Ada' } });
});

test('what names a person is kept in no cache', async () => {
  const me = await fetch(`${server.url}/trpc/auth.me`, { headers: { cookie: ada.cookie } });
  expect([me.status, me.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect((await post('auth.logout', { body: '{}' })).headers.get('cache-control')).toBe('no-store');
});

test('a batch of eleven, and any batch with a sign-in in it, is refused', async () => {
  const headers = { 'content-type': 'application/json' };
  const names = Array.from({ length: 11 }, () => 'rooms.list').join(',');
  const read = await fetch(`${server.url}/trpc/${names}?batch=1&input={}`, { headers: { cookie: ada.cookie } });
  expect(read.status).toBe(400);
  const logins = await post('auth.login,auth.login?batch=1', { headers, body: '{"0":{},"1":{}}' });
  expect(await reasonOf(logins)).toEqual([400, 'BATCH_REFUSED']);
  const encodedTwice = await post('auth.login%252Cauth.login?batch=1', { headers, body: '{"0":{},"1":{}}' });
  expect(await reasonOf(encodedTwice)).toEqual([400, 'INVALID_INPUT']);
});

test('a body over 1 MiB and a body that is no JSON are refused', async () => {
  const headers = { 'content-type': 'application/json' };
  const large = JSON.stringify({ kind: 'board', title: 'x'.repeat(1_100_000) });
  expect(await reasonOf(await post('rooms.create', { headers, body: large }))).toEqual([413, 'TOO_LARGE']);
  expect(await reasonOf(await post('rooms.create', { headers, body: '{"kind":' }))).toEqual([400, 'INVALID_INPUT']);
  expect(await reasonOf(await post('rooms.create', { headers, body: '[]' }))).toEqual([400, 'INVALID_INPUT']);
});

test.each([
  ['rooms.create', { kind: 'board', title: '' }],
  ['rooms.create', { kind: 'board', title: 'a\u0000b' }],
  ['rooms.create', { kind: '__proto__', title: 'x' }],
  ['rooms.create', { kind: ['board'], title: { toString: 1 } }],
  ['rooms.rename', { roomId: "1' or '1'='1", title: 'x' }],
  ['auth.register', { email: 'not an address', password: 'long enough' }],
  ['auth.register', { email: 'a@example.org', password: 'short' }],
  ['account.update', { name: '   ' }],
  ['account.update', { name: '\ud800' }],
  ['sessions.revoke', { publicId: 7 }],
])('%s refuses %j with a sentence', async (path, input) => {
  await expect(ada.mutate(path, input)).rejects.toMatchObject({
    status: 400,
    reason: 'INVALID_INPUT',
    message: expect.stringMatching(/\w+ \w+/),
  });
});

test('a member who sends nonsense is told so; a stranger who does learns nothing of the room', async () => {
  const roomId = await ada.createBoard();
  const eve = await Person.signUp(server.url, 'Eve');
  const nonsense = [
    ['rooms.send', { roomId, clientId: '', commands: [] }],
    ['rooms.send', { roomId, clientId: 'tab', commands: [{ seq: 0, name: 'edit' }] }],
    [
      'rooms.send',
      { roomId, clientId: 'tab', commands: Array.from({ length: 501 }, (_, n) => ({ seq: n + 1, name: 'x' })) },
    ],
    ['invites.create', { roomId, role: 'owner' }],
  ] as const;
  for (const [path, input] of nonsense) {
    await expect(ada.mutate(path, input)).rejects.toMatchObject({ reason: 'INVALID_INPUT' });
    await expect(eve.mutate(path, input)).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  }
});

test('an unknown procedure is refused, over HTTP and over the socket', async () => {
  await expect(ada.query('rooms.nothing')).rejects.toMatchObject({ status: 404, reason: 'NOT_FOUND' });
  await using socket = await ada.openSocket();
  expect((await socket.call('query', '__proto__.toString', {})).error?.data.reason).toBe('NOT_FOUND');
});

test('upgrades without an origin, with a foreign one, or without a session are refused before 101', async () => {
  const { url } = server;
  await expect(RawSocket.open(url, { cookie: ada.cookie })).rejects.toMatchObject({ status: 403 });
  await expect(RawSocket.open(url, { cookie: ada.cookie, origin: 'https://evil.example' })).rejects.toMatchObject({
    status: 403,
  });
  await expect(RawSocket.open(url, { origin: url })).rejects.toMatchObject({ status: 401 });
  await expect(RawSocket.open(url, { origin: url, cookie: `atrium_session=${'x'.repeat(43)}` })).rejects.toMatchObject({
    status: 401,
  });
});

test('peers that reset in the middle of the upgrade do no harm and keep no place', async () => {
  const crowded = await startTestServer();
  const eve = await Person.signUp(crowded.url, 'Eve');
  const most = 1_100;
  for (let left = most; left > 0; left -= 100) {
    await Promise.all(Array.from({ length: 100 }, (_, index) => resetUpgrade(crowded, eve.cookie, index % 25)));
  }
  await using socket = await eve.openSocket();
  expect((await socket.call('query', 'rooms.list', undefined)).result?.type).toBe('data');
  await crowded[Symbol.asyncDispose]();
}, 60_000);

/** Asks for a socket and resets the connection `after` ms later, before, during or after the checks. */
function resetUpgrade({ port, url }: TestServer, cookie: string, after: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `GET /trpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
          `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${url}\r\nCookie: ${cookie}\r\n\r\n`,
      );
      setTimeout(() => socket.resetAndDestroy(), after);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

test.each([
  '',
  '{',
  'null',
  '[]',
  '[null]',
  '7',
  '"PING"',
  '{"id":1}',
  '{"id":1,"method":"evil"}',
  '{"id":{},"method":"query"}',
  '\u0000'.repeat(100),
])('the frame %j changes nothing, and the socket goes on', async (text) => {
  const socket = await ada.openSocket();
  socket.ws.send(text);
  expect((await socket.call('query', 'rooms.list', undefined)).result?.type).toBe('data');
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await socket[Symbol.asyncDispose]();
});

test('binary frames and frames over 256 KiB close the socket', async () => {
  const binary = await ada.openSocket();
  binary.ws.send(Buffer.from([1, 2, 3]));
  expect((await binary.closed).code).toBe(1008);
  const large = await ada.openSocket();
  large.ws.send('x'.repeat(256 * 1024 + 1));
  expect((await large.closed).code).toBe(1009);
});

test('eleven calls in one frame are refused', async () => {
  await using socket = await ada.openSocket();
  const calls = Array.from({ length: 11 }, (_, id) => ({ id, method: 'query', params: { path: 'rooms.list' } }));
  socket.ws.send(JSON.stringify(calls));
  const frame = await socket.frame(() => true);
  expect(frame.error?.data.code).toBe('BAD_REQUEST');
});

test('calls that set the cookie are refused over the socket', async () => {
  await using socket = await ada.openSocket();
  for (const [path, input] of [
    ['auth.logout', undefined],
    ['auth.guest', { name: 'X' }],
    ['account.update', { name: 'X' }],
  ] as const) {
    expect((await socket.call('mutation', path, input)).error?.data.reason).toBe('HTTP_ONLY');
  }
});

test('A24 the eleventh guess at a password waits, also when all come at once over many connections', async () => {
  const email = 'victim@example.org';
  await new Person(server.url).mutate('auth.register', { email, password: 'correct horse' });
  const guesses = await Promise.all(
    Array.from({ length: 30 }, (_, n) =>
      new Person(server.url)
        .mutate('auth.login', { email, password: `wrong guess ${n}` })
        .catch((error: { reason: string }) => error.reason),
    ),
  );
  expect(guesses.filter((reason) => reason === 'BAD_CREDENTIALS')).toHaveLength(10);
  expect(guesses.filter((reason) => reason === 'TOO_MANY')).toHaveLength(20);
});

test('A28 a session planted before sign-in is dead after it', async () => {
  const attacker = await Person.guest(server.url, 'Attacker');
  const planted = attacker.cookie;
  const victim = new Person(server.url);
  victim.cookie = planted;
  await victim.mutate('auth.register', { email: 'fixated@example.org', password: 'correct horse' });
  expect(victim.cookie).not.toBe(planted);
  expect(await attacker.query('auth.me')).toMatchObject({ user: null });
});
