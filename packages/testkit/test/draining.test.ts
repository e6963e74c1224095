import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { Person, startTestServer } from '../src/index.ts';

/** A server that is told to stop: nobody new, everybody answered, everything kept, soon gone. */

test('says that it is not ready, answers what it began, sends sockets away and ends', async () => {
  const server = await startTestServer();
  const ada = await Person.signUp(server.url);
  const roomId = await ada.createBoard();
  const socket = await ada.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  const { user } = await ada.query<{ user: { email: string } }>('auth.me');
  const logins = Array.from({ length: 8 }, () =>
    new Person(server.url).mutate('auth.login', { email: user.email, password: 'correct horse' }),
  );
  await logins[0];

  const began = performance.now();
  const closing = server[Symbol.asyncDispose]();
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  await expect(ada.mutate('rooms.create', { kind: 'board', title: 'Late' })).rejects.toMatchObject({ status: 503 });
  await expect(ada.openSocket()).rejects.toMatchObject({ status: 503 });
  expect((await Promise.allSettled(logins)).map(({ status }) => status)).toEqual(Array(8).fill('fulfilled'));
  expect(await socket.closed).toEqual({ code: 1001, reason: 'draining' });
  await closing;
  expect(performance.now() - began).toBeLessThan(10_000);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
});

test('a refused upgrade keeps no connection, however long the peer would', async () => {
  await using server = await startTestServer();
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  socket.write(
    `GET /trpc HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: ${Buffer.from(randomUUID()).subarray(0, 16).toString('base64')}\r\nOrigin: ${server.url}\r\n\r\n`,
  );
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString()));
  const knocking = setInterval(() => socket.write('x'), 50);
  await closed;
  clearInterval(knocking);
  expect(answer).toMatch(/^HTTP\/1.1 401 /);
});
