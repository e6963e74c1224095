import type { SendAnswer } from '@atrium/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, startTestServer, type TestServer } from '../src/index.ts';

/** Who asks too much is slowed down or refused, and nobody else feels it. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const commands = (count: number, background = '#ffffff') =>
  Array.from({ length: count }, (_, index) => ({ seq: index + 1, name: 'setMeta', input: { background } }));

test('eighty commands of a tab pass at once, what comes on top waits its turn', async () => {
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  await using socket = await ada.openSocket();
  const began = performance.now();
  await socket.call('mutation', 'rooms.send', { roomId, clientId: 'first', commands: commands(80) });
  await socket.call('mutation', 'rooms.send', { roomId, clientId: 'second', commands: commands(40) });
  expect(performance.now() - began).toBeGreaterThan(950);
});

test('commands that wait over HTTP are not done once their session has ended', async () => {
  const ada = await Person.signUp(server.url, 'Ada');
  const bob = await Person.signUp(server.url, 'Bob');
  const roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
  const waiting = bob.mutate<SendAnswer>('rooms.send', {
    roomId,
    clientId: 'tab',
    commands: commands(200, '#123456'),
  });
  const [refused] = await Promise.allSettled([waiting, bob.mutate('auth.logout')]);
  expect(refused).toMatchObject({ reason: { status: 401, reason: 'SESSION_ENDED' } });
  await using socket = await ada.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  expect(JSON.stringify(await socket.event('snapshot'))).not.toContain('#123456');
});

test('a flood of frames is read slowly, and every one of them is answered', async () => {
  const ada = await Person.signUp(server.url);
  await using socket = await ada.openSocket();
  const began = performance.now();
  for (let sent = 0; sent < 2_400; sent += 1) socket.send('query', 'no.such', undefined);
  await socket.frame(({ id }) => id === 2_400, 10_000);
  expect(socket.frames).toHaveLength(2_400);
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

test('a script that never stops to create rooms is refused, with a sentence, and others are not', async () => {
  await using slow = await startTestServer({ commandsPerSecond: 2 });
  const [eve, bob] = [await Person.signUp(slow.url, 'Eve'), await Person.signUp(slow.url, 'Bob')];
  const made = await Promise.allSettled(Array.from({ length: 100 }, () => eve.createBoard()));
  const refused = made.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(20);
  expect(refused[0]).toMatchObject({ reason: { status: 429, reason: 'TOO_MANY' } });
  await bob.createBoard();
});

test('a stranger who knocks without end is refused without a look into the database', async () => {
  await using slow = await startTestServer({ commandsPerSecond: 4 });
  const [ada, eve] = [await Person.signUp(slow.url), await Person.signUp(slow.url, 'Eve')];
  const roomId = await ada.createBoard();
  await using socket = await eve.openSocket();
  const reasons = new Set<string | undefined>();
  for (let count = 0; count < 400; count += 1) {
    const input = { roomId, clientId: 'tab', commands: commands(1) };
    reasons.add((await socket.call('mutation', 'rooms.send', input)).error?.data.reason);
  }
  expect([...reasons]).toEqual(['NOT_FOUND', 'TOO_MANY']);
});

test('a tab carries 64 streams, each with its snapshot, and not one more', async () => {
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  const text = 'x'.repeat(9_000);
  const put = (id: string) => ({ op: 'put', element: { id, type: 'text', x: 0, y: 0, width: 9, height: 9, text } });
  for (let batch = 0; batch < 5; batch += 1) {
    const ops = Array.from({ length: 20 }, (_, index) => put(`e${batch}-${index}`));
    const input = { roomId, clientId: `c${batch}`, commands: [{ seq: 1, name: 'edit', input: { ops } }] };
    await ada.mutate('rooms.send', input);
  }
  await using socket = await ada.openSocket();
  const streams = Array.from({ length: 65 }, () => socket.send('subscription', 'rooms.watch', { roomId }));
  const refused = await socket.frame(({ error }) => error !== undefined, 10_000);
  expect(refused.error?.data.reason).toBe('TOO_MANY');
  expect(streams).toContain(refused.id);
  await socket.frame(() => streams.filter((id) => socket.eventsOf(id).length > 0).length === 64, 10_000);
}, 30_000);
