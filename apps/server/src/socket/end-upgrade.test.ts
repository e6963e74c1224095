import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endUpgrade } from './end-upgrade.ts';

const server = createServer({ allowHalfOpen: true });
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function connected(): Promise<{ near: Socket; far: Socket }> {
  const accepted = once(server, 'connection');
  const near = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  const [far] = (await accepted) as [Socket];
  await once(near, 'connect');
  return { near, far };
}

test('the answer arrives, and a peer that never closes is let go', async () => {
  const { near, far } = await connected();
  near.on('error', () => {});
  const gone = once(far, 'close');
  endUpgrade(far, 'no');
  const [chunk] = (await once(near, 'data')) as [Buffer];
  expect(chunk.toString()).toBe('no');
  await gone;
  expect(far.destroyed).toBe(true);
  near.destroy();
});

test('a peer that resets does no harm', async () => {
  const { near, far } = await connected();
  const gone = new Promise((resolve) => far.once('close', resolve));
  endUpgrade(far, 'no');
  near.resetAndDestroy();
  await gone;
  expect(far.destroyed).toBe(true);
});
