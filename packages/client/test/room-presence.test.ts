import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type AtriumClient, createAtriumClient, openRoom, type Room } from '../src/index.ts';
import { FakeServer, Refuse } from './fake-server.ts';

let server: FakeServer;
let client: AtriumClient;
let room: Room;

beforeEach(async () => {
  server = await FakeServer.start();
  // The client asks for no more of a socket than `ws` has; only the DOM's declarations differ.
  client = createAtriumClient({ url: server.url, WebSocket: WebSocket as never });
});

afterEach(async () => {
  room.close();
  await client.close();
  await server[Symbol.asyncDispose]();
});

/** Opens a room whose tab has something to tell. */
function openPointing(): void {
  room = openRoom(client, { kind: { name: 'board' }, roomId: 'r' });
  room.setPresence({ x: 1 });
}

const told = async (times: number) =>
  vi.waitFor(() => expect(server.metas).toEqual(Array.from({ length: times }, () => ({ x: 1 }))), 5_000);

test.each(['UNAVAILABLE', 'TOO_MANY'])('presence that is refused with %s comes back by itself', async (reason) => {
  server.onPresence = () => {
    if (server.presences < 3) throw new Refuse(reason);
  };
  openPointing();
  await told(1);
  expect(server.presences).toBe(3);
});

test('presence that the server ends comes back, and tells again what this tab shows', async () => {
  openPointing();
  await told(1);
  server.endPresence();
  await told(2);
  server.endPresence();
  await told(3);
  expect(server.presences).toBe(3);
});

test('nothing is told while nobody is joined', async () => {
  openPointing();
  await told(1);
  server.onPresence = () => {
    throw new Refuse('NOT_FOUND');
  };
  server.endPresence();
  await vi.waitFor(() => expect(server.presences).toBe(2));
  room.setPresence({ x: 2 });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(server.metas).toEqual([{ x: 1 }]);
});

test('presence that is refused for good is not asked for again', async () => {
  server.onPresence = () => {
    throw new Refuse('NOT_FOUND');
  };
  openPointing();
  await vi.waitFor(() => expect(server.presences).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(server.presences).toBe(1);
});

test('presence of a room that is closed does not come back', async () => {
  server.onPresence = () => {
    throw new Refuse('UNAVAILABLE');
  };
  openPointing();
  await vi.waitFor(() => expect(server.presences).toBe(2));
  room.close();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(server.presences).toBe(2);
});
