import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, type RawSocket, startTestServer, type TestServer, trackedOf } from '../src/index.ts';

/** Every way a session can end, each seen from an open socket that streams. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function watching(person: Person, roomId: string): Promise<RawSocket> {
  const socket = await person.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  return socket;
}

test('signing out ends the stream with a reason, closes the socket, and not a frame comes after', async () => {
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  const socket = await watching(ada, roomId);
  const cookie = ada.cookie;
  await ada.mutate('auth.logout');
  expect(await socket.closed).toEqual({ code: 4401, reason: 'signed-out' });
  expect(socket.frames.flatMap((frame) => trackedOf(frame)?.data ?? []).filter(({ type }) => type === 'end')).toEqual([
    { type: 'end', reason: 'signed-out' },
  ]);
  expect(ada.cookie).toBe('');

  const thief = new Person(server.url);
  thief.cookie = cookie;
  expect(await thief.query('auth.me')).toEqual({ user: null, session: null });
  await expect(thief.openSocket()).rejects.toMatchObject({ status: 401 });
});

test('a device revoked elsewhere goes, the one that revoked stays', async () => {
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  const { user } = await ada.query<{ user: { email: string } }>('auth.me');
  const other = new Person(server.url);
  await other.mutate('auth.login', { email: user.email, password: 'correct horse' });
  const mine = await watching(ada, roomId);
  const theirs = await watching(other, roomId);

  const devices =
    await ada.query<{ publicId: string; current: boolean; sockets: number; rooms: { id: string }[] }[]>(
      'sessions.list',
    );
  expect(devices.map(({ sockets, rooms }) => [sockets, rooms.map(({ id }) => id)])).toEqual([
    [1, [roomId]],
    [1, [roomId]],
  ]);
  const elsewhere = devices.find(({ current }) => !current);
  await ada.mutate('sessions.revoke', { publicId: elsewhere?.publicId });
  expect(await theirs.closed).toEqual({ code: 4401, reason: 'signed-out-elsewhere' });
  expect(mine.ws.readyState).toBe(mine.ws.OPEN);
  expect(await ada.mutate('sessions.revokeOthers')).toEqual({ ended: 0 });
  await mine[Symbol.asyncDispose]();
});

test('nobody ends the session of somebody else', async () => {
  const [ada, eve] = [await Person.signUp(server.url), await Person.signUp(server.url)];
  const { session } = await ada.query<{ session: { publicId: string } }>('auth.me');
  await expect(eve.mutate('sessions.revoke', { publicId: session.publicId })).rejects.toMatchObject({
    reason: 'NOT_FOUND',
  });
  expect(await ada.query('auth.me')).toMatchObject({ session: { publicId: session.publicId } });
});

test('an idle session ends by itself, and its page is told why', async () => {
  await using short = await startTestServer({ sessionIdle: 1_200 });
  const ada = await Person.signUp(short.url);
  const socket = await watching(ada, await ada.createBoard());
  expect(await socket.closed).toEqual({ code: 4401, reason: 'expired' });
  expect(await ada.query('auth.me')).toMatchObject({ user: null });
});

test('use keeps an idle session alive, the absolute end comes all the same', async () => {
  await using short = await startTestServer({ sessionIdle: 1_000, sessionAbsolute: 2_500 });
  const ada = await Person.signUp(short.url);
  const began = performance.now();
  const socket = await watching(ada, await ada.createBoard());
  let isOver = false;
  void socket.closed.then(() => (isOver = true));
  while (!isOver) {
    await ada.query('rooms.list').catch(() => {});
    await Promise.race([socket.closed, new Promise((resolve) => setTimeout(resolve, 200))]);
  }
  expect(await socket.closed).toMatchObject({ reason: 'expired' });
  expect(performance.now() - began).toBeGreaterThan(2_000);
});

test('a session row deleted by SQL: not one frame later than 250 ms after the commit', async () => {
  const ada = await Person.signUp(server.url, 'Ada');
  const bob = await Person.signUp(server.url, 'Bob');
  const roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
  const streaming = await watching(bob, roomId);
  await using pen = await ada.openSocket();
  const drawing = drawUntil(pen, roomId, streaming.closed);
  await streaming.event('diff');

  const { session } = await bob.query<{ session: { publicId: string } }>('auth.me');
  await server.runSql(sql`delete from sessions where public_id = ${session.publicId}`);
  const committed = performance.now();
  expect(await streaming.closed).toEqual({ code: 4401, reason: 'signed-out-elsewhere' });
  await drawing;
  expect((streaming.times.at(-1) ?? 0) - committed).toBeLessThan(250);
});

/** Draws as fast as answers come, so that there are frames to be late. */
async function drawUntil(socket: RawSocket, roomId: string, until: Promise<unknown>): Promise<void> {
  let isOver = false;
  void until.then(() => (isOver = true));
  for (let seq = 1; !isOver; seq++) {
    const commands = [{ seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } }];
    await socket.call('mutation', 'rooms.send', { roomId, clientId: 'drawer', commands });
  }
}
