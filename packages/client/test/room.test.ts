import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  type AtriumClient,
  createAtriumClient,
  openRoom,
  RefusedError,
  type Room,
  RoomClosedError,
} from '../src/index.ts';
import { accept, FakeServer, Refuse } from './fake-server.ts';

const kind = { name: 'board' } as { name: string; inputTypes?: { edit: number } };

let server: FakeServer;
let client: AtriumClient;
let room: Room<typeof kind>;
const onSessionEnded = vi.fn();

beforeEach(async () => {
  server = await FakeServer.start();
  onSessionEnded.mockClear();
  // The client asks for no more of a socket than `ws` has; only the DOM's declarations differ.
  client = createAtriumClient({ url: server.url, WebSocket: WebSocket as never, onSessionEnded });
});

afterEach(async () => {
  room?.close();
  await client.close();
  await server[Symbol.asyncDispose]();
});

async function open(): Promise<void> {
  room = openRoom(client, { kind, roomId: 'r', clientId: 'first' });
  await vi.waitFor(() => expect(room.status.get().phase).toBe('live'));
}

const has = (id: string) => () => expect(room.store.get('element', id)).toEqual({ id });

test('shows the snapshot and the diffs that continue it', async () => {
  server.opening = () => [server.snapshot({ a: { id: 'a' } })];
  await open();
  server.emit(server.diff(1, 2, 'b'));
  await vi.waitFor(has('b'));
  expect(room.store.get('element', 'a')).toEqual({ id: 'a' });
  expect(room.status.get()).toMatchObject({ phase: 'live', role: 'editor' });
});

test('tells only the listeners of the record that changed, and everything to onChange', async () => {
  await open();
  const ofB = vi.fn();
  const ofC = vi.fn();
  const all = vi.fn();
  room.store.subscribe('element', 'b', ofB);
  room.store.subscribe('element', 'c', ofC);
  room.store.onChange(all);
  server.emit(server.diff(1, 2, 'b'));
  await vi.waitFor(() => expect(ofB).toHaveBeenCalledTimes(1));
  expect(ofC).not.toHaveBeenCalled();
  expect(all).toHaveBeenCalledWith({ reset: false, changed: new Map([['element', new Set(['b'])]]) });
});

test('a diff that does not continue the state is not applied: what is missing is asked for', async () => {
  await open();
  server.opening = () => [server.diff(1, 3, 'b')];
  server.emit(server.diff(2, 3, 'x'));
  await vi.waitFor(has('b'));
  expect(room.store.get('element', 'x')).toBeUndefined();
  expect(server.watched).toEqual([undefined, '1:1:v']);
});

test('a second gap in a row asks for everything', async () => {
  await open();
  let asked = 0;
  server.opening = () => (++asked === 1 ? [server.diff(7, 8, 'x')] : [server.snapshot({ a: { id: 'a' } })]);
  server.emit(server.diff(5, 6, 'x'));
  await vi.waitFor(has('a'));
  expect(server.watched).toEqual([undefined, '1:1:v', undefined]);
  expect(room.store.get('element', 'x')).toBeUndefined();
});

test('an old diff that comes again changes nothing', async () => {
  server.ver = 5;
  await open();
  server.emit(server.diff(3, 4, 'x'));
  server.emit(server.diff(5, 6, 'b'));
  await vi.waitFor(has('b'));
  expect(room.store.get('element', 'x')).toBeUndefined();
  expect(server.watched).toHaveLength(1);
});

test('after a cut the stream goes on from the last cursor', async () => {
  await open();
  server.emit(server.diff(1, 2, 'b'));
  await vi.waitFor(has('b'));
  server.opening = () => [];
  server.cut();
  await vi.waitFor(() => expect(room.status.get().phase).toBe('reconnecting'));
  await vi.waitFor(() => expect(room.status.get().phase).toBe('live'), 3_000);
  expect(server.watched).toEqual([undefined, '1:2:v']);
});

test('commands of one turn travel together, numbered without holes, one request at a time', async () => {
  await open();
  const results = await Promise.all([room.send('edit', 1), room.send('edit', 2)]);
  await room.send('edit', 3);
  expect(results).toEqual([
    { seq: 1, ok: true },
    { seq: 2, ok: true },
  ]);
  expect(server.requests.map(({ commands }) => commands.map(({ seq, input }) => [seq, input]))).toEqual([
    [
      [1, 1],
      [2, 2],
    ],
    [[3, 3]],
  ]);
});

test('a command is pending until it is answered, and answered when the store shows it', async () => {
  await open();
  let decide = () => {};
  server.onSend = (request) => new Promise((resolve) => (decide = () => resolve(accept(request))));
  const settled = vi.fn();
  const sent = room.send('edit', 1).then(settled);
  expect(room.pending.get()).toBe(1);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  server.ver = 2;
  decide();
  await vi.waitFor(() => expect(room.pending.get()).toBe(0));
  expect(settled).not.toHaveBeenCalled();
  server.emit(server.diff(1, 2, 'b'));
  await sent;
  expect(room.store.get('element', 'b')).toEqual({ id: 'b' });
});

test('a request that was cut off is sent again with the same numbers', async () => {
  await open();
  server.opening = () => [];
  server.onSend = () => {
    server.onSend = accept;
    server.cut();
    return new Promise(() => {});
  };
  expect(await room.send('edit', 1)).toEqual({ seq: 1, ok: true });
  const [first, again] = server.requests;
  expect(again).toEqual(first);
  expect(server.requests).toHaveLength(2);
});

test('a rejection by the rules is an answer', async () => {
  await open();
  server.onSend = () => [{ seq: 1, ok: false, code: 'forbidden', message: 'Locked.' }];
  expect(await room.send('edit', 1)).toEqual({ seq: 1, ok: false, code: 'forbidden', message: 'Locked.' });
});

test('a request refused as a whole is a typed error, and its numbers are used by the next', async () => {
  await open();
  server.onSend = () => Promise.reject(new Refuse('NOT_ALLOWED'));
  await expect(room.send('edit', 1)).rejects.toThrow(RefusedError);
  server.onSend = accept;
  expect(await room.send('edit', 2)).toEqual({ seq: 1, ok: true });
});

test('a server that does not know the numbering any more gets all of it under a new name', async () => {
  await open();
  server.onSend = () => {
    server.onSend = accept;
    throw new Refuse('SEQ_GAP');
  };
  expect(await Promise.all([room.send('edit', 1), room.send('edit', 2)])).toEqual([
    { seq: 1, ok: true },
    { seq: 2, ok: true },
  ]);
  const names = server.requests.map(({ clientId }) => clientId);
  expect([names[0], names[1] === 'first', names.length]).toEqual(['first', false, 2]);
});

test('what waits behind a refused command is sent under a new name', async () => {
  await open();
  server.onSend = (request) => {
    if (request.commands.length > 1) throw new Refuse('TOO_LARGE');
    if (request.commands[0]?.input === 1) throw new Refuse('TOO_LARGE');
    return accept(request);
  };
  const [first, second] = [room.send('edit', 1), room.send('edit', 2)];
  await expect(first).rejects.toThrow(RefusedError);
  expect(await second).toEqual({ seq: 1, ok: true });
  expect(server.requests.at(-1)?.clientId).not.toBe('first');
});

test('a server that cannot save is asked again with the same numbers', async () => {
  await open();
  server.onSend = () => {
    server.onSend = accept;
    throw new Refuse('UNAVAILABLE');
  };
  expect(await room.send('edit', 1)).toEqual({ seq: 1, ok: true });
  expect(server.requests[1]).toEqual(server.requests[0]);
});

test('a server that fails inside is asked again, with the same numbers, and not for ever', async () => {
  await open();
  server.onSend = () => {
    if (server.requests.length === 3) server.onSend = accept;
    throw new Refuse('INTERNAL');
  };
  expect(await room.send('edit', 1)).toEqual({ seq: 1, ok: true });
  expect(server.requests.map(({ clientId, commands }) => [clientId, commands[0]?.seq])).toEqual(
    Array.from({ length: 4 }, () => ['first', 1]),
  );
  server.onSend = () => {
    throw new Refuse('INTERNAL');
  };
  await expect(room.send('edit', 2)).rejects.toThrow(RefusedError);
  expect(server.requests).toHaveLength(4 + 5);
});

test('a request too large as a whole is split', async () => {
  await open();
  server.onSend = (request) => {
    if (request.commands.length > 1) throw new Refuse('TOO_LARGE');
    return accept(request);
  };
  const results = await Promise.all([1, 2, 3].map((value) => room.send('edit', value)));
  expect(results.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test('a closed session ends everything and no socket is opened again', async () => {
  await open();
  server.cut(4401, 'password-changed');
  await vi.waitFor(() => expect(room.status.get().phase).toBe('ended'));
  expect(room.status.get().endReason).toBe('password-changed');
  expect(client.connection.status.get()).toBe('ended');
  expect(onSessionEnded).toHaveBeenCalledExactlyOnceWith('password-changed');
  await expect(client.trpc.rooms.send.mutate({ roomId: 'r', clientId: 'c', commands: [] })).rejects.toThrow('ended');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(server.upgrades).toBe(1);
});

test('after a new sign-in the socket may be opened again', async () => {
  await open();
  server.cut(4401, 'signed-out');
  await vi.waitFor(() => expect(client.connection.status.get()).toBe('ended'));
  await client.resetConnection();
  await open();
  expect(server.upgrades).toBe(2);
});

test('a refused socket leads to a look at the session, and without one to the end', async () => {
  server.refuseUpgrades = true;
  server.hasSession = false;
  room = openRoom(client, { kind, roomId: 'r' });
  await vi.waitFor(() => expect(room.status.get()).toMatchObject({ phase: 'ended', endReason: 'signed-out' }), 3_000);
  expect(server.upgrades).toBeLessThanOrEqual(2);
});

test('the end of a room is final, and names its reason', async () => {
  await open();
  server.emit({ type: 'end', reason: 'removed' });
  await vi.waitFor(() => expect(room.status.get()).toMatchObject({ phase: 'ended', endReason: 'removed' }));
  expect(client.connection.status.get()).not.toBe('ended');
  await vi.waitFor(() => expect(server.streamCount).toBe(0));
});

test('what was sent before the room was left still reaches the server, also after a cut', async () => {
  await open();
  server.onSend = () => {
    server.onSend = accept;
    server.cut();
    return new Promise(() => {});
  };
  const sent = room.send('edit', 1);
  room.close();
  await expect(room.send('edit', 2)).rejects.toThrow(RoomClosedError);
  expect(await sent).toEqual({ seq: 1, ok: true });
  expect(server.requests.at(-1)?.commands.map(({ input }) => input)).toEqual([1]);
});

test('it is never sent in the name of whoever signs in next', async () => {
  await open();
  server.onSend = () => Promise.reject(new Refuse('UNAVAILABLE'));
  const sent = room.send('edit', 11);
  const settled = Promise.allSettled([sent]);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  room.close();
  server.user = { id: 'bob', name: 'Bob' };
  await client.resetConnection();
  const before = server.requests.length;
  server.onSend = accept;
  expect((await settled)[0]).toMatchObject({ status: 'rejected', reason: { name: 'SessionEndedError' } });
  const next = openRoom(client, { kind, roomId: 'r' });
  await next.send('edit', 22);
  const later = server.requests.slice(before).flatMap(({ commands }) => commands.map(({ input }) => input));
  expect(later).toEqual([22]);
  next.close();
});

test('of many cursors only the first and the last are sent', async () => {
  await open();
  room.setPresence({ x: 0 });
  await vi.waitFor(() => expect(server.metas).toHaveLength(1));
  for (let x = 1; x <= 20; x += 1) room.setPresence({ x });
  await vi.waitFor(() => expect(server.metas.at(-1)).toEqual({ x: 20 }));
  expect(server.metas.length).toBeLessThanOrEqual(3);
});
