import { tally } from '@atrium/rooms/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type AtriumClient, createAtriumClient, openRoom, type Room } from '../src/index.ts';
import { FakeServer, type SentRequest } from './fake-server.ts';

/** Brings a text back, or takes an item away: enough to undo what these tests do. */
const kind: typeof tally = {
  ...tally,
  undo: (wanted) =>
    wanted.map(({ id, record }) =>
      record === undefined
        ? { name: 'remove', input: { id } }
        : { name: 'put', input: { id, text: JSON.stringify(record['text']) } },
    ),
};

let server: FakeServer;
let client: AtriumClient;
let room: Room<typeof tally>;

beforeEach(async () => {
  server = await FakeServer.start();
  client = createAtriumClient({ url: server.url, WebSocket: WebSocket as never });
  room = openRoom(client, { kind, roomId: 'r' });
  await vi.waitFor(() => expect(room.status.get().phase).toBe('live'));
  await client.identity();
});

afterEach(async () => {
  room.close();
  await client.close();
  await server[Symbol.asyncDispose]();
});

const names = (requests: readonly SentRequest[]) =>
  requests.flatMap(({ commands }) => commands.map(({ name }) => name));

test('what one did is taken back by a command, and done again by another', async () => {
  await room.send('put', { id: 'a', text: 'mine' });
  expect(room.history.canUndo.get()).toBe(true);
  expect(await room.history.undo()).toBe(true);
  expect([room.history.canUndo.get(), room.history.canRedo.get()]).toEqual([false, true]);
  expect(await room.history.redo()).toBe(true);
  expect(names(server.requests)).toEqual(['put', 'remove', 'put']);
});

test('what was refused is not taken back', async () => {
  server.onSend = ({ commands }) =>
    commands.map(({ seq }) => ({ seq, ok: false, code: 'forbidden', message: 'Locked.' }));
  await room.send('put', { id: 'a', text: 'mine' });
  expect(room.history.canUndo.get()).toBe(false);
  expect(await room.history.undo()).toBe(false);
});
