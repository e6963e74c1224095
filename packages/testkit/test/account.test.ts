import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, type RawSocket, startTestServer, type TestServer, until } from '../src/index.ts';

/** Accounts that are locked, claimed, deleted and taken back, seen from open sockets and over plain HTTP. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ sweepInterval: 100 });
});
afterAll(() => server[Symbol.asyncDispose]());

async function watching(person: Person, roomId: string): Promise<RawSocket> {
  const socket = await person.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  return socket;
}

const addressOf = async (person: Person) =>
  (await person.query<{ user: { id: string; email: string } }>('auth.me')).user;

test('A107 thirty guesses from elsewhere, and the owner signs in from the browser that is known', async () => {
  const ada = await Person.signUp(server.url);
  const { email } = await addressOf(ada);
  await ada.mutate('auth.logout');
  expect([ada.cookie, ada.deviceCookie]).toEqual(['', expect.stringContaining('atrium_device=')]);
  const stranger = new Person(server.url);
  const guess = (n: number) => stranger.mutate('auth.login', { email, password: `wrong guess ${n}` });
  await Promise.allSettled(Array.from({ length: 30 }, (_, n) => guess(n)));
  await expect(stranger.mutate('auth.login', { email, password: 'correct horse' })).rejects.toMatchObject({
    reason: 'TOO_MANY',
  });
  await ada.mutate('auth.login', { email, password: 'correct horse' });
  expect(await addressOf(ada)).toMatchObject({ email });
  const activity = await ada.query<{ items: { action: string; result: string }[] }>('account.activity');
  expect(activity.items.filter(({ result }) => result === 'refused')).toHaveLength(10);
});

test('A107 a device cookie that was copied has ten guesses, and signs nobody in', async () => {
  const ada = await Person.signUp(server.url);
  const { email } = await addressOf(ada);
  const thief = new Person(server.url);
  thief.deviceCookie = ada.deviceCookie;
  expect(await thief.query('auth.me')).toEqual({ user: null, session: null });
  const guesses = await Promise.allSettled(
    Array.from({ length: 12 }, (_, n) => thief.mutate('auth.login', { email, password: `wrong guess ${n}` })),
  );
  const reasons = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.reason : 'in'));
  expect(reasons.filter((reason) => reason === 'BAD_CREDENTIALS')).toHaveLength(10);
  await new Person(server.url).mutate('auth.login', { email, password: 'correct horse' });
});

test('A109 a common password is refused in words', async () => {
  const input = { email: `${randomUUID()}@example.org`, password: 'password1' };
  await expect(new Person(server.url).mutate('auth.register', input)).rejects.toMatchObject({
    status: 400,
    reason: 'WEAK_PASSWORD',
    message: expect.stringContaining('Use a few words'),
  });
});

test('A110 a guest claims an account while a board is open: the stream goes on, the old cookie is dead', async () => {
  const guest = await Person.guest(server.url);
  const roomId = await guest.createBoard();
  await using socket = await watching(guest, roomId);
  const before = guest.cookie;
  await guest.mutate('account.claim', { email: `${randomUUID()}@example.org`, password: 'correct horse' });
  expect(guest.cookie).not.toBe(before);
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#123456' } }];
  await guest.mutate('rooms.send', { roomId, clientId: 'tab', commands });
  await socket.event('diff');
  expect(await guest.query('rooms.list')).toMatchObject([{ id: roomId, role: 'owner' }]);
});

test('A112 asking for deletion closes every socket with a reason, and signing in takes it back and says so', async () => {
  const ada = await Person.signUp(server.url);
  const { email } = await addressOf(ada);
  const other = new Person(server.url);
  await other.mutate('auth.login', { email, password: 'correct horse' });
  const roomId = await ada.createBoard();
  const sockets = [await watching(ada, roomId), await watching(other, roomId)];
  expect(await ada.mutate('account.delete', {})).toEqual({ deletesAt: expect.stringMatching(/^\d{4}-/) });
  for (const socket of sockets) expect(await socket.closed).toEqual({ code: 4401, reason: 'signed-out' });
  expect([ada.cookie, await other.query('auth.me')]).toEqual(['', { user: null, session: null }]);
  const again = await ada.mutate<object>('auth.login', { email, password: 'correct horse' });
  expect(again).toMatchObject({ deletionUndone: true, user: { email } });
  expect(await ada.mutate('auth.login', { email, password: 'correct horse' })).not.toHaveProperty('deletionUndone');
  expect(await ada.query('rooms.list')).toMatchObject([{ id: roomId }]);
});

test('A114 when the time has come, a member who is drawing becomes the owner, and what nobody else is in goes', async () => {
  const [ada, bob] = [await Person.signUp(server.url), await Person.signUp(server.url, 'Bob')];
  const { id, email } = await addressOf(ada);
  const shared = await ada.createBoard();
  const alone = await ada.createBoard();
  await ada.letIn(bob, shared, 'editor');
  await using socket = await watching(bob, shared);
  await ada.mutate('account.delete', {});
  await server.runSql(sql`update users set delete_after = now() - interval '1 second' where id = ${id}`);
  expect(await socket.event('role')).toEqual({ type: 'role', role: 'owner' });
  const isGone = async () => (await server.readSql(sql`select 1 from users where id = ${id}`)).length === 0;
  await until(isGone, { what: 'the account is deleted', patience: 5_000 });
  expect(await server.readSql(sql`select 1 from rooms where id = ${alone}`)).toEqual([]);
  await expect(ada.mutate('auth.login', { email, password: 'correct horse' })).rejects.toMatchObject({
    reason: 'BAD_CREDENTIALS',
  });
  expect(
    await server.readSql(sql`select action from audit_events where user_id = ${id} order by id desc limit 2`),
  ).toEqual(
    // The sign-in that failed is about nobody: the account is gone.
    [{ action: 'account-deleted' }, { action: 'deletion-requested' }],
  );
});
