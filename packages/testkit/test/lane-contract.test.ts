import { sql } from 'drizzle-orm';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Person, startTcpProxy, type TestServer } from '../src/index.ts';
import { Pen } from './pen.ts';
import { openStockClient } from './stock-client.ts';
import { startWithTwoPeople } from './two-people.ts';

/**
 * The fast lane leads a room's events past tRPC, and tRPC's own client must not notice. An upgrade of tRPC means running
 * these: they hold whatever its adapter and its link take for granted of each other.
 */

let server: TestServer;
let ada: Person;
let bob: Person;
let roomId: string;
let pen: Pen;

beforeAll(async () => {
  ({ server, ada, bob } = await startWithTwoPeople());
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(async () => {
  roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
  pen = new Pen(server, roomId);
});

const userIdOf = async (person: Person) => (await person.query<{ user: { id: string } }>('auth.me')).user.id;

test('F5 a snapshot, then diffs that continue it, each with its cursor', async () => {
  await using client = openStockClient(ada);
  const watch = client.watch(roomId);
  const { epoch, ver } = await watch.event('snapshot');
  await client.trpc.rooms.send.mutate({
    roomId,
    clientId: 'tab',
    commands: [{ seq: 1, name: 'setMeta', input: { background: '#fafafa' } }],
  });
  for (let n = 0; n < 3; n += 1) await pen.draw();
  await watch.reaches(ver + 4);
  expect(watch.data.map(({ type }) => type)).toEqual(['snapshot', 'diff', 'diff', 'diff', 'diff']);
  expect(watch.gaps).toEqual([]);
  expect(watch.data[1]).toMatchObject({ prev: ver, acks: [{ clientId: 'tab', seq: 1 }], by: [await userIdOf(ada)] });
  expect(watch.events.map(({ id }) => id.split(':').slice(0, 2).map(Number))).toEqual(
    Array.from({ length: 5 }, (_, n) => [epoch, ver + n]),
  );
  expect([watch.told, watch.errors]).toEqual([['started'], []]);
});

test('F5 the link goes on by diffs after its network was cut, without a gap and without a snapshot', async () => {
  await using proxy = await startTcpProxy(server.port);
  await using client = openStockClient(ada, proxy.url);
  const watch = client.watch(roomId);
  await watch.event('snapshot');
  await watch.reaches(await pen.draw());
  for (let round = 0; round < 3; round += 1) {
    proxy.cut();
    for (let n = 0; n < 3; n += 1) await pen.draw();
    await watch.reaches(await pen.draw());
    await watch.reaches(await pen.draw());
  }
  expect(client.sockets.length).toBe(4);
  expect(watch.data.filter(({ type }) => type === 'snapshot')).toHaveLength(1);
  expect(watch.gaps).toEqual([]);
});

test('F6 a cursor that has everything is told the next thing that happens', async () => {
  await using client = openStockClient(ada);
  const first = client.watch(roomId);
  await first.event('snapshot');
  await first.reaches(await pen.draw());
  const again = client.watch(roomId, first.events.at(-1)?.id);
  await again.until(({ told }) => told.length > 0).catch(() => {});
  const ver = await pen.draw();
  await again.reaches(ver);
  expect(again.data).toMatchObject([{ type: 'diff', prev: ver - 1, ver }]);
  await again.reaches(await pen.draw());
  expect(again.gaps).toEqual([]);
});

test('F6 who returns with everything does not hold up the other streams of the socket', async () => {
  const other = await ada.createBoard();
  await using before = openStockClient(ada);
  const first = before.watch(roomId);
  await first.event('snapshot');
  await using client = openStockClient(ada);
  const quiet = client.watch(roomId, first.events.at(-1)?.id);
  await quiet.until(({ told }) => told.includes('started'));
  await client.watch(other).event('snapshot');
  expect(quiet.events).toEqual([]);
});

test('F12 who unsubscribes is told nothing more, and what is left goes on', async () => {
  await using client = openStockClient(ada);
  const [gone, stays] = [client.watch(roomId), client.watch(roomId)];
  await Promise.all([gone.event('snapshot'), stays.event('snapshot')]);
  gone.stop();
  await client.trpc.rooms.get.query({ roomId });
  const before = client.messages.length;
  for (let n = 0; n < 3; n += 1) await pen.draw();
  await stays.reaches(await pen.draw());
  const ids = client.messages.slice(before).map((text) => (JSON.parse(text) as { id: number }).id);
  expect(ids.length).toBe(4);
  expect(new Set(ids).size).toBe(1);
  expect(gone.data.map(({ type }) => type)).toEqual(['snapshot']);
});

test('F5 a refused subscription is an error with typed data, and the socket stays', async () => {
  const eve = await Person.signUp(server.url, 'Eve');
  await using client = openStockClient(eve);
  const watch = client.watch(roomId);
  await watch.until(({ errors }) => errors.length > 0);
  expect(watch.errors[0]?.data).toMatchObject({ reason: 'NOT_FOUND', code: 'NOT_FOUND', httpStatus: 404 });
  expect(watch.events).toEqual([]);
  const own = await eve.createBoard();
  await client.watch(own).event('snapshot');
  expect(client.sockets).toHaveLength(1);
});

test('F11 a session that is revoked in the middle of a flood: `end` is the last word, 4401, and nothing after it', async () => {
  await using client = openStockClient(bob);
  const watch = client.watch(roomId);
  await watch.event('snapshot');
  let isOver = false;
  const flood = (async () => {
    while (!isOver) await pen.draw();
  })();
  await watch.event('diff');
  const [socket] = client.sockets;
  if (!socket) throw new Error('No socket');
  const closed = once(socket, 'close');
  await bob.mutate('auth.logout');
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([4401, 'signed-out']);
  isOver = true;
  await flood;
  expect(watch.data.at(-1)).toEqual({ type: 'end', reason: 'signed-out' });
  expect(watch.data.filter(({ type }) => type === 'end')).toHaveLength(1);
  expect(watch.gaps).toEqual([]);
  bob = await Person.signUp(server.url, 'Bob');
});

test('F12 of two rooms on a socket, a kick ends the one, and the other goes on with the role it has', async () => {
  const other = await ada.createBoard();
  await ada.letIn(bob, other, 'editor');
  await using client = openStockClient(bob);
  const [here, there] = [client.watch(roomId), client.watch(other)];
  await Promise.all([here.event('snapshot'), there.event('snapshot')]);
  const userId = await userIdOf(bob);
  const ofBob = sql`where room_id = ${roomId} and user_id = ${userId}`;
  await server.runSql(sql`update room_members set role = 'viewer' ${ofBob}`);
  expect(await here.event('role')).toEqual({ type: 'role', role: 'viewer' });
  const ver = await pen.draw();
  await here.reaches(ver);
  expect(here.events.at(-1)?.id).toMatch(/\.viewer$/);
  await server.runSql(sql`delete from room_members ${ofBob}`);
  expect(await here.event('end')).toEqual({ type: 'end', reason: 'removed' });
  await here.until(({ told }) => told.includes('stopped') || told.includes('complete'));
  await pen.draw();
  await there.reaches(await new Pen(server, other).draw());
  expect(there.data.map(({ type }) => type)).toEqual(['snapshot', 'diff']);
  expect(here.data.at(-1)).toEqual({ type: 'end', reason: 'removed' });
  expect([client.sockets.length, client.closed]).toEqual([1, []]);
});

test('F5 the same room twice on a socket, and another one: each is told its own', async () => {
  const other = await ada.createBoard();
  await using client = openStockClient(ada);
  const [first, second, elsewhere] = [client.watch(roomId), client.watch(roomId), client.watch(other)];
  await Promise.all([first, second, elsewhere].map((watch) => watch.event('snapshot')));
  await new Pen(server, other).draw();
  let ver = 0;
  for (let n = 0; n < 20; n += 1) ver = await pen.draw();
  await Promise.all([first.reaches(ver), second.reaches(ver)]);
  expect(second.events.slice(1)).toEqual(first.events.slice(1));
  expect(first.gaps).toEqual([]);
  expect(elsewhere.data.map(({ type }) => type)).toEqual(['snapshot', 'diff']);
});

test('F14 a large snapshot of every kind of letter arrives whole, for several viewers and again after a change', async () => {
  const text = '🦊ü€x\u2028'.repeat(1_000);
  const texts = Array.from({ length: 7 }, (_, n) => `${n}${text}`);
  await pen.write('first', texts);
  await using adas = openStockClient(ada);
  await using bobs = openStockClient(bob);
  const snapshots = await Promise.all([adas, bobs, adas].map((client) => client.watch(roomId).event('snapshot')));
  for (const { state } of snapshots) expect(state['element']?.['first-6']).toMatchObject({ text: `6${text}` });
  expect(snapshots.map(({ role }) => role)).toEqual(['owner', 'editor', 'owner']);
  await pen.write('second', [text]);
  const later = await bobs.watch(roomId).event('snapshot');
  expect(later.state['element']?.['second-0']).toMatchObject({ text });
});

test.each([65_535, 65_536])('F5 a diff that is %i bytes long on the wire arrives as it is', async (length) => {
  await using client = openStockClient(ada);
  const watch = client.watch(roomId);
  await watch.event('snapshot');
  // Past the versions and cursors of one digit, so that the next two messages differ in their texts alone.
  for (let n = 0; n < 10; n += 1) await pen.draw();
  const parts = (last: number) => [...Array.from({ length: 3 }, () => 'ü'.repeat(4_500)), 'x'.repeat(last)];
  await watch.reaches(await pen.write('a', parts(1), 10_000));
  const missing = length - Buffer.byteLength(client.messages.at(-1) ?? '');
  // A text is in its element twice, so an odd length needs an x that is a digit shorter.
  const shorter = missing % 2;
  await watch.reaches(await pen.write('b', parts(1 + (missing + shorter) / 2), shorter === 0 ? 10_000 : 1_000));
  expect(Buffer.byteLength(client.messages.at(-1) ?? '')).toBe(length);
  await watch.reaches(await pen.draw());
  expect(watch.gaps).toEqual([]);
});

test('F9 answers, presence and pongs go between the frames of a flood, and each arrives whole', async () => {
  await using client = openStockClient(ada);
  const watch = client.watch(roomId);
  await watch.event('snapshot');
  const people: unknown[] = [];
  client.trpc.rooms.presence.subscribe({ roomId }, { onData: (event) => people.push(event) });
  let [pongs, answers, ver] = [0, 0, 0];
  client.sockets[0]?.on('pong', () => (pongs += 1));
  for (let n = 0; n < 150; n += 1) {
    client.sockets[0]?.ping();
    const asked = client.trpc.rooms.get.query({ roomId }).then(() => (answers += 1));
    if (n % 10 === 0) await client.trpc.rooms.setPresence.mutate({ roomId, meta: { cursor: { x: n, y: 0 } } });
    ver = await pen.draw();
    await asked;
  }
  await watch.reaches(ver);
  expect(watch.gaps).toEqual([]);
  expect(watch.data).toHaveLength(151);
  expect([answers, pongs]).toEqual([150, 150]);
  expect(people.length).toBeGreaterThan(1);
  expect(client.closed).toEqual([]);
});
