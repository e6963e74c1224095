import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { SocketWire } from './socket-wire.ts';

const plenty = 256 * 1024;

/** A short text as the frame that a lane writes. */
const frame = (text: string) => Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]);

async function open() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const read: string[] = [];
  client.on('message', (data: Buffer) => read.push(data.toString()));
  client.on('ping', () => read.push('ping'));
  const closed = new Promise<number>((resolve) => client.on('close', resolve));
  await once(client, 'open');
  const [ws, { socket }] = (await accepted) as [WebSocket, { socket: Socket }];
  return {
    ws,
    socket,
    client,
    read,
    closed,
    wire: new SocketWire(ws, socket),
    async [Symbol.asyncDispose]() {
      client.terminate();
      ws.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

test('F9 what is written past the library and by it arrives in the order of the calls, also when all of it must wait', async () => {
  await using stage = await open();
  const { ws, wire, client, read, socket } = stage;
  client.pause();
  const wanted: string[] = [];
  const large = Buffer.from('x'.repeat(300_000));
  // Far more than a kernel takes, so that most of it waits in this process.
  for (let n = 0; n < 60; n += 1) {
    ws.send(`rpc ${n}`);
    wire.tell(frame(`lane ${n}`), Infinity);
    ws.ping();
    wire.begin(`head ${n} `);
    wire.send(large);
    wire.tell(frame(`again ${n}`), Infinity);
    wanted.push(`rpc ${n}`, `lane ${n}`, 'ping', `head ${n} ${large.toString()}`, `again ${n}`);
  }
  expect(socket.writableLength).toBeGreaterThan(plenty);
  ws.send('last');
  const last = new Promise<void>((resolve) =>
    client.on('message', (data: Buffer) => data.toString() === 'last' && resolve()),
  );
  client.resume();
  await last;
  expect(read).toEqual([...wanted, 'last']);
});

test('F14 a message is continued by the next one that is sent, a buffer as text, and is not copied', async () => {
  await using stage = await open();
  const { wire, client, socket } = stage;
  const writes: unknown[] = [];
  const write = socket.write.bind(socket);
  socket.write = (chunk: Uint8Array | string) => {
    writes.push(chunk);
    return write(chunk);
  };
  const tail = Buffer.from('ü"}');
  const got = once(client, 'message');
  wire.begin('{"a":"');
  wire.send(tail);
  const [data, isBinary] = (await got) as [Buffer, boolean];
  expect([data.toString(), isBinary]).toEqual(['{"a":"ü"}', false]);
  expect(writes).toContain(tail);
});

test('F10 takes nothing while more is unread than it may be, and says when the peer has taken everything, once to each', async () => {
  await using stage = await open();
  const { wire, client, socket } = stage;
  client.pause();
  const filler = Buffer.from('x'.repeat(1_000_000));
  while (wire.unread <= plenty) wire.send(filler);
  expect(wire.tell(frame('no'), plenty)).toBe(false);
  const before = wire.unread;
  let drained = 0;
  for (let each = 0; each < 30; each += 1) wire.onDrained(() => (drained += 1));
  expect(socket.listenerCount('drain')).toBeLessThan(10);
  expect(wire.unread).toBe(before);
  client.resume();
  await new Promise<void>((resolve) => wire.onDrained(resolve));
  expect([drained, wire.unread]).toEqual([30, 0]);
  expect(wire.tell(frame('yes'), plenty)).toBe(true);
});

test('F11 writes nothing when it was silenced, and nothing behind a closing frame', async () => {
  await using silenced = await open();
  silenced.wire.silence();
  expect(silenced.wire.tell(frame('no'), plenty)).toBe(false);
  silenced.wire.send('end');
  silenced.ws.close(4401);
  expect(await silenced.closed).toBe(4401);
  expect(silenced.read).toEqual(['end']);

  await using closing = await open();
  closing.ws.close(4401);
  expect([closing.wire.isOpen, closing.wire.tell(frame('no'), plenty)]).toEqual([false, false]);
  expect(await closing.closed).toBe(4401);
  expect(closing.read).toEqual([]);
});

test('F11 a peer that has vanished is written to without harm', async () => {
  await using stage = await open();
  const { wire, client, socket, ws } = stage;
  const gone = once(ws, 'close');
  (client as unknown as { _socket: Socket })._socket.resetAndDestroy();
  socket.destroy();
  wire.tell(frame('into the void'), plenty);
  await gone;
  expect(wire.tell(frame('no'), plenty)).toBe(false);
});
