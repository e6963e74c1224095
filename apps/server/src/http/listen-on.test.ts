import { once } from 'node:events';
import { expect, test } from 'vitest';
import { listenOn, PortTaken } from './listen-on.ts';

test('a request that comes before the server is ready is answered, not left hanging', async () => {
  const { server, port } = await listenOn('127.0.0.1', 0);
  const response = await fetch(`http://127.0.0.1:${port}/trpc/auth.me`);
  expect([response.status, await response.text()]).toEqual([503, 'starting\n']);
  server.close();
  await once(server, 'close');
});

test('a port that is in use is named, with the way out', async () => {
  const { server, port } = await listenOn('127.0.0.1', 0);
  await expect(listenOn('127.0.0.1', port)).rejects.toThrow(PortTaken);
  await expect(listenOn('127.0.0.1', port)).rejects.toThrow(`PORT=${port + 1} npm start`);
  server.close();
  await once(server, 'close');
});
