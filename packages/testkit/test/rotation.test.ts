import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, startTestServer, type TestServer, until } from '../src/index.ts';

/** Tokens that replace each other, over real HTTP and real sockets. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Makes the newest token of every session so old that it is due. */
const age = () => server.runSql(sql`update sessions set rotated_at = rotated_at - interval '2 hours'`);
/** Ends the minute in which the token before is still good. */
const endGrace = () => server.runSql(sql`update sessions set previous_until = now() - interval '1 second'`);

/** One request with exactly this cookie, and nothing kept of its answer. */
async function get(cookie: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(`${server.url}/trpc/${path}`, { headers: { cookie, ...headers } });
  await response.text();
  return response;
}

async function isSignedIn(cookie: string): Promise<boolean> {
  return (await get(cookie, 'rooms.list')).status === 200;
}

const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

test('A54 thirty requests at once are handed one new cookie, and a batch carries one too', async () => {
  const ada = await Person.signUp(server.url);
  await age();
  const all = await Promise.all(Array.from({ length: 30 }, () => get(ada.cookie, 'rooms.list')));
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
  const offered = all.map(cookieOf).filter((cookie) => cookie !== '');
  expect(offered).toHaveLength(1);
  expect(offered[0]).not.toBe(ada.cookie);
  await age();
  const batch = await get(ada.cookie, 'rooms.list,sessions.list,auth.me?batch=1');
  expect(batch.headers.getSetCookie()).toHaveLength(1);
  expect(await isSignedIn(cookieOf(batch))).toBe(true);
  expect(await isSignedIn(ada.cookie)).toBe(true);
});

test('A53 an answer that is streamed is whole, whether it could hand over a token or not', async () => {
  const ada = await Person.signUp(server.url);
  await age();
  const url = `${server.url}/trpc/rooms.list,sessions.list?batch=1`;
  const headers = { cookie: ada.cookie, 'trpc-accept': 'application/jsonl' };
  const text = await (await fetch(url, { headers })).text();
  expect(text).not.toContain('error');
  expect(text).toContain('publicId');
  expect(await isSignedIn(ada.cookie)).toBe(true);
});

test('A55 a socket takes up what was offered and is offered nothing; the old cookie opens one for a minute', async () => {
  const ada = await Person.signUp(server.url);
  await age();
  const old = ada.cookie;
  ada.cookie = cookieOf(await get(old, 'rooms.list'));
  await using socket = await ada.openSocket();
  expect(socket.ws.readyState).toBe(socket.ws.OPEN);
  await age();
  const late = new Person(server.url);
  late.cookie = old;
  await using second = await late.openSocket();
  expect(second.ws.readyState).toBe(second.ws.OPEN);
  expect(cookieOf(await get(old, 'rooms.list'))).toBe('');
});

test('A61 a socket keeps its session in use, also when the token that it was opened with was replaced long ago', async () => {
  await using short = await startTestServer({ sessionIdle: 1_200 });
  const ada = await Person.signUp(short.url);
  await using socket = await ada.openSocket();
  await short.runSql(sql`update sessions set rotated_at = rotated_at - interval '2 hours'`);
  // The first request is offered another token, the second one takes it up.
  await ada.query('rooms.list');
  await ada.query('rooms.list');
  await short.runSql(sql`update sessions set previous_until = now() - interval '1 second'`);
  // Begun after Ada's last use of HTTP: without her socket, her session would be over before this one is.
  await using unused = await (await Person.guest(short.url)).openSocket();
  const isUnusedOver = async () => {
    await socket.call('query', 'rooms.list', {});
    return unused.ws.readyState === unused.ws.CLOSED;
  };
  await until(isUnusedOver, { what: 'the end of a session that nobody uses', patience: 5_000 });
  expect(await unused.closed).toEqual({ code: 4401, reason: 'expired' });
  expect(socket.ws.readyState).toBe(socket.ws.OPEN);
  expect(await ada.query('auth.me')).toMatchObject({ user: { name: 'Ada' } });
});

test('A57 a replay of what was replaced: all sockets are told of a theft, and it is written down', async () => {
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  await age();
  const stolen = ada.cookie;
  await ada.query('rooms.list');
  expect(ada.cookie).not.toBe(stolen);
  const socket = await ada.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  await endGrace();
  expect(await isSignedIn(stolen)).toBe(false);
  expect(await socket.closed).toEqual({ code: 4401, reason: 'theft' });
  expect(socket.frames.at(-1)).toMatchObject({ result: { type: 'stopped' } });
  expect(await socket.event('end')).toEqual({ type: 'end', reason: 'theft' });
  expect(await isSignedIn(ada.cookie)).toBe(false);
  const [event] = await server.readSql(sql`select action, actor_id from audit_events where action = 'session-theft'`);
  expect(event).toEqual({ action: 'session-theft', actor_id: null });
});

test.each([true, false])('A12 remembered: %s, at the sign-in and after a rotation', async (remember) => {
  const ada = await Person.signUp(server.url);
  const { user } = await ada.query<{ user: { email: string } }>('auth.me');
  const response = await fetch(`${server.url}/trpc/auth.login`, {
    method: 'POST',
    headers: { origin: server.url, 'content-type': 'application/json' },
    body: JSON.stringify({ email: user.email, password: 'correct horse', remember }),
  });
  const ofSession = (each: Response) =>
    each.headers.getSetCookie().find((cookie) => cookie.startsWith('atrium_session='));
  const hasAge = (each: Response) => /max-age/i.test(ofSession(each) ?? '');
  expect(hasAge(response)).toBe(remember);
  await age();
  const rotated = await get(cookieOf(response), 'sessions.list');
  expect(cookieOf(rotated)).not.toBe('');
  expect(hasAge(rotated)).toBe(remember);
});

test('A64 a session that is extended keeps its socket past its old end', async () => {
  await using short = await startTestServer({ sessionAbsolute: 1_500 });
  const [ada, guest] = [await Person.signUp(short.url), await Person.guest(short.url)];
  const soon = sql`now() + interval '700 ms'`;
  await short.runSql(sql`update sessions set absolute_expires_at = ${soon}, expires_at = ${soon}`);
  const [socket, notExtended] = [await ada.openSocket(), await guest.openSocket()];
  const before = await ada.query<{ session: { absoluteExpiresAt: string } }>('auth.me');
  expect(before).toMatchObject({ session: { canExtend: true, remembered: true, factors: ['password'] } });
  await socket.call('mutation', 'sessions.extend', undefined);
  const oldEnd = Date.parse(before.session.absoluteExpiresAt);
  expect(await notExtended.closed).toEqual({ code: 4401, reason: 'expired' });
  expect(Date.now()).toBeGreaterThanOrEqual(oldEnd);
  expect(await socket.call('query', 'rooms.list', {})).toHaveProperty('result');
  expect(socket.ws.readyState).toBe(socket.ws.OPEN);
  expect(await ada.query('auth.me')).toMatchObject({ user: { name: 'Ada' } });
  expect(await socket.closed).toEqual({ code: 4401, reason: 'expired' });
  expect(Date.now()).toBeGreaterThan(oldEnd + 400);
});

test('A64 where the policy does not allow it, nothing is extended', async () => {
  await using strict = await startTestServer({ sessionExtend: false });
  const ada = await Person.signUp(strict.url);
  expect(await ada.query('auth.me')).toMatchObject({ session: { canExtend: false } });
  await expect(ada.mutate('sessions.extend')).rejects.toMatchObject({ reason: 'NOT_EXTENDABLE' });
});
