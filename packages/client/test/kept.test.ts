/** What is kept on this device: a page that comes after the one that made it sends it, once, in the same name. */
import { tally } from '@atrium/rooms/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  type AtriumClient,
  createAtriumClient,
  MemoryOutbox,
  openRoom,
  type RejectedCommand,
  type Room,
  SessionEndedError,
  type UndeliverableCommand,
} from '../src/index.ts';
import { accept, FakeServer, Refuse, type SentRequest } from './fake-server.ts';

let server: FakeServer;
let outbox: MemoryOutbox;
const pages: { client: AtriumClient; room: Room<typeof tally> }[] = [];
const undeliverable: UndeliverableCommand[] = [];

beforeEach(async () => {
  server = await FakeServer.start();
  outbox = new MemoryOutbox();
  undeliverable.length = 0;
});

afterEach(async () => {
  for (const { client, room } of pages.splice(0)) {
    room.close();
    await client.close();
  }
  await server[Symbol.asyncDispose]();
});

function openClient(): AtriumClient {
  return createAtriumClient({
    url: server.url,
    WebSocket: WebSocket as never,
    outbox,
    onUndeliverable: (command) => undeliverable.push(command),
  });
}

async function openPage(clientId?: string) {
  const client = openClient();
  const room = openRoom(client, { kind: tally, roomId: 'r', clientId });
  const page = { client, room };
  pages.push(page);
  await vi.waitFor(() => expect(room.status.get().phase).toBe('live'), 3_000);
  return page;
}

/** A page that is gone from one moment to the next, as a killed tab: it says nothing and frees what it held. */
async function kill({ client, room }: { client: AtriumClient; room: Room<typeof tally> }): Promise<void> {
  client.connection.end('expired');
  room.close();
  await client.close();
}

const never = () => new Promise<never>(() => {});
const put = (id: string) => ({ id, text: id });
const sentIds = (requests: readonly SentRequest[]) =>
  requests.map(({ clientId, commands }) => [
    clientId,
    ...commands.map(({ seq, input }) => [seq, (input as { id: string }).id]),
  ]);

test('what a page could not send is shown and sent by the next one, with the same name and numbers, before its own', async () => {
  const first = await openPage('first');
  server.onSend = never;
  void first.room.send('put', put('a')).catch(() => undefined);
  void first.room.send('put', put('b')).catch(() => undefined);
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(2));
  await kill(first);
  server.requests.length = 0;

  const held = vi.fn<(request: SentRequest) => Promise<never>>(never);
  server.onSend = held;
  const second = await openPage('second');
  await vi.waitFor(() => expect(second.room.store.get('item', 'a')).toBeDefined());
  expect(second.room.confirmed.get('item', 'a')).toBeUndefined();
  expect(second.room.pending.get()).toBe(2);
  void second.room.send('put', put('c'));
  await vi.waitFor(() => expect(held).toHaveBeenCalledTimes(1));
  server.onSend = accept;
  server.cut();
  await vi.waitFor(() => expect(second.room.pending.get()).toBe(0), 5_000);
  expect(sentIds(server.requests.slice(1))).toEqual([
    ['first', [1, 'a'], [2, 'b']],
    ['second', [1, 'c']],
  ]);
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(0));
});

test('a page that is alive keeps its own to itself; when it dies, the other one sends them', async () => {
  const first = await openPage('first');
  server.onSend = never;
  void first.room.send('put', put('a')).catch(() => undefined);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  server.onSend = accept;
  const second = await openPage('second');
  expect(await second.room.send('put', put('b'))).toMatchObject({ ok: true });
  expect(second.room.pending.get()).toBe(0);
  expect(server.requests.filter(({ clientId }) => clientId === 'first')).toHaveLength(1);
  await kill(first);
  await vi.waitFor(() => expect(server.requests.filter(({ clientId }) => clientId === 'first')).toHaveLength(2));
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(0));
});

test('nobody else who signs in here sees or sends it', async () => {
  const first = await openPage();
  server.onSend = never;
  void first.room.send('put', put('a')).catch(() => undefined);
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(1));
  await kill(first);
  server.requests.length = 0;
  server.onSend = accept;
  server.user = { id: 'bob', name: 'Bob' };
  const second = await openPage();
  second.client.deliverKept();
  await second.room.send('put', put('b'));
  expect(sentIds(server.requests).flat(2)).not.toContain('a');
  expect(second.room.store.get('item', 'a')).toBeUndefined();
  expect(await outbox.count('ada')).toBe(1);
});

test('a server that takes us for somebody else gets nothing, and what was done is kept', async () => {
  const { client, room } = await openPage();
  server.onSend = () => {
    throw new Refuse('OTHER_PERSON');
  };
  await expect(room.send('put', put('a'))).rejects.toThrow(SessionEndedError);
  expect(client.connection.status.get()).toBe('ended');
  expect(await outbox.count('ada')).toBe(1);
});

test('who comes back as somebody else after a lost line is noticed', async () => {
  const { client, room } = await openPage();
  server.user = { id: 'bob', name: 'Bob' };
  server.cut();
  await vi.waitFor(() => expect(client.connection.status.get()).toBe('ended'), 5_000);
  expect(room.status.get().phase).toBe('ended');
});

test('a session that ends keeps what was not sent, and the next one of the same person sends it', async () => {
  const { client, room } = await openPage('first');
  server.onSend = never;
  const sent = room.send('put', put('a'));
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(1));
  server.cut(4401, 'expired');
  await expect(sent).rejects.toThrow(SessionEndedError);
  server.onSend = accept;
  await client.resetConnection();
  client.deliverKept();
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(0), 5_000);
  expect(sentIds(server.requests).at(-1)).toEqual(['first', [1, 'a']]);
});

test('what is kept for a room that is not open is delivered too, and whoever waits hears why it cannot be', async () => {
  await outbox.add({ userId: 'ada', roomId: 'other', clientId: 'old' }, [
    { seq: 4, name: 'put', input: put('x') },
    { seq: 5, name: 'put', input: put('y') },
  ]);
  server.onSend = ({ commands }) =>
    commands.map(({ seq }) =>
      seq === 4 ? { seq, ok: true } : { seq, ok: false, code: 'forbidden', message: 'Locked.' },
    );
  const client = openClient();
  client.deliverKept();
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(0), 5_000);
  expect(sentIds(server.requests)).toEqual([['old', [4, 'x'], [5, 'y']]]);
  expect(undeliverable).toEqual([{ roomId: 'other', name: 'put', input: put('y'), message: 'Locked.' }]);
  await client.close();
});

test('a kept command that is refused is taken back, and says why', async () => {
  await outbox.add({ userId: 'ada', roomId: 'r', clientId: 'old' }, [{ seq: 1, name: 'put', input: put('x') }]);
  server.onSend = () => [{ seq: 1, ok: false, code: 'conflict', message: 'Too late.' }];
  const client = openClient();
  const room = openRoom(client, { kind: tally, roomId: 'r' });
  pages.push({ client, room });
  const rejected: RejectedCommand[] = [];
  room.onRejected((each) => rejected.push(each));
  await vi.waitFor(() =>
    expect(rejected).toEqual([{ name: 'put', input: put('x'), message: 'Too late.', isFromBefore: true }]),
  );
  await vi.waitFor(() => expect(room.store.get('item', 'x')).toBeUndefined());
});

test('what was acknowledged in a history that is lost is decided again, under the same numbers', async () => {
  const { room } = await openPage('first');
  server.ver = 5;
  server.onSend = (request) => {
    server.ver += 1;
    return accept(request);
  };
  server.emit(server.diff(1, 5, 'z'));
  for (const id of ['a', 'b', 'c']) {
    const sent = room.send('put', put(id));
    await vi.waitFor(() => expect(room.pending.get()).toBe(0));
    server.emit(server.diff(server.ver - 1, server.ver, id));
    await sent;
  }
  server.requests.length = 0;
  const lost = server.snapshot({});
  server.emit({ ...lost, epoch: 2, ver: 3, clientSeq: { first: 1 } } as typeof lost);
  await vi.waitFor(() => expect(sentIds(server.requests)).toEqual([['first', [2, 'b'], [3, 'c']]]));
});

test('a device that keeps nothing stops nobody, and says that it would be lost', async () => {
  outbox.add = () => Promise.reject(new Error('full'));
  outbox.move = () => Promise.reject(new Error('full'));
  const { room } = await openPage();
  server.onSend = never;
  const sent = room.send('put', put('a'));
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  expect([room.pending.get(), room.unkept.get()]).toEqual([1, 1]);
  server.onSend = accept;
  server.cut();
  expect(await sent).toMatchObject({ ok: true });
});

test('what a device kept with a hole in it is sent to its end all the same', async () => {
  await outbox.add({ userId: 'ada', roomId: 'r', clientId: 'old' }, [
    { seq: 3, name: 'put', input: put('x') },
    { seq: 5, name: 'put', input: put('y') },
  ]);
  server.onSend = (request) => {
    if (request.clientId === 'old' && request.commands[0]?.seq === 5) throw new Refuse('SEQ_GAP');
    return accept(request);
  };
  const { room } = await openPage();
  await vi.waitFor(() => expect(room.pending.get()).toBe(0), 5_000);
  const sent = sentIds(server.requests);
  expect(sent.slice(0, 2)).toEqual([
    ['old', [3, 'x']],
    ['old', [5, 'y']],
  ]);
  expect(sent[2]?.[1]).toEqual([1, 'y']);
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(0));
});

test('nothing is kept under a name that is not claimed: a page that comes in the same moment takes nothing over', async () => {
  const claim = outbox.claim.bind(outbox);
  let grant = () => {};
  outbox.claim = async (clientId, opts) => {
    if (clientId === 'first') await new Promise<void>((resolve) => (grant = resolve));
    return claim(clientId, opts);
  };
  server.onSend = never;
  const first = await openPage('first');
  void first.room.send('put', put('a')).catch(() => undefined);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  expect(await outbox.count('ada')).toBe(0);
  grant();
  await vi.waitFor(async () => expect(await outbox.count('ada')).toBe(1));
  expect(await claim('first')).toBeNull();
});

test('nothing is sent under new numbers before the device has them', async () => {
  const { room } = await openPage('first');
  let moved = () => {};
  const move = outbox.move.bind(outbox);
  outbox.move = async (...args) => {
    await new Promise<void>((resolve) => (moved = resolve));
    return move(...args);
  };
  server.onSend = (request) => {
    if (request.clientId === 'first') throw new Refuse('SEQ_GAP');
    return accept(request);
  };
  const sent = room.send('put', put('a'));
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  await someRoundTrips();
  expect(server.requests).toHaveLength(1);
  moved();
  expect(await sent).toMatchObject({ ok: true });
  expect(server.requests).toHaveLength(2);
});

test('a room that is opened when the session is over sends nothing and says so', async () => {
  const { client } = await openPage();
  client.connection.end('expired');
  const late = openRoom(client, { kind: tally, roomId: 'other' });
  await expect(late.send('put', put('a'))).rejects.toThrow(SessionEndedError);
  late.close();
});

test('what a room that is left cannot take is not shown either', async () => {
  const { room } = await openPage();
  room.close();
  await expect(room.send('put', put('ghost'))).rejects.toThrow('closed');
  await vi.waitFor(() => expect(room.store.get('item', 'ghost')).toBeUndefined());
});

/** Long enough for a request to reach the server, were one sent. */
async function someRoundTrips(): Promise<void> {
  const probe = openClient();
  for (let turn = 0; turn < 5; turn += 1) await probe.trpc.auth.me.query();
  await probe.close();
}
