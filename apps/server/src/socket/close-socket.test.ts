import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { closeSocket } from './close-socket.ts';

async function connected() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const near = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [far, request] = (await accepted) as [WebSocket, { socket: Socket }];
  await once(near, 'open');
  near.on('error', () => {});
  far.on('error', () => {});
  return { near, far, socket: request.socket, [Symbol.dispose]: () => server.close() };
}

test('a peer that keeps up gets the reason', async () => {
  using pair = await connected();
  pair.far.send('before');
  closeSocket(pair.far, pair.socket, 'signed-out');
  const [code, reason] = (await once(pair.near, 'close')) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([4401, 'signed-out']);
});

test('a draining server says that it goes away', async () => {
  using pair = await connected();
  closeSocket(pair.far, pair.socket, 'draining');
  expect((await once(pair.near, 'close'))[0]).toBe(1001);
});

test('a peer that is behind gets nothing more: what waits for it is thrown away at once', async () => {
  using pair = await connected();
  pair.near.pause();
  const megabyte = 'x'.repeat(1024 * 1024);
  for (let sent = 0; sent < 40; sent += 1) pair.far.send(megabyte);
  let received = 0;
  pair.near.on('message', () => (received += 1));
  const gone = once(pair.far, 'close');
  closeSocket(pair.far, pair.socket, 'signed-out');
  await gone;
  pair.near.resume();
  expect((await once(pair.near, 'close'))[0]).toBe(1006);
  expect(received).toBeLessThan(20);
});

test('a peer that does not answer the closing handshake is cut off', async () => {
  using pair = await connected();
  pair.near.pause();
  const gone = once(pair.far, 'close');
  closeSocket(pair.far, pair.socket, 'expired');
  await gone;
  expect(pair.socket.destroyed).toBe(true);
  pair.near.terminate();
});
