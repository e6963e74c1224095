import { createMemoryBus, createRoomHub, type RoomEvent } from '@atrium/rooms';
import { createMemoryRoomLog, tally } from '@atrium/rooms/testing';
import { initTRPC, type TrackedEnvelope } from '@trpc/server';
import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { queuedEvents } from './queued-events.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

const setMeta = (seq: number) => ({ seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } });

test('F15 a caller on the server pulls the same events, one by one, and its end', async () => {
  const ada = await kit.signUp();
  const roomId = await kit.createRoom(ada);
  const context = await kit.socketContext(ada);
  const caller = appRouter.createCaller(context);
  const stream = await caller.rooms.watch({ roomId });
  const events = stream[Symbol.asyncIterator]();
  const next = async (): Promise<RoomEvent> => {
    const { value } = await events.next();
    const [cursor, event] = value as TrackedEnvelope<RoomEvent>;
    expect(cursor).toMatch(/^\d+:\d+:board\.\d+\.owner$/);
    return event;
  };
  expect(await next()).toMatchObject({ type: 'snapshot', role: 'owner' });
  for (const seq of [1, 2]) await caller.rooms.send({ roomId, clientId: 'tab', commands: [setMeta(seq)] });
  expect(await next()).toMatchObject({ type: 'diff', acks: [{ clientId: 'tab', seq: 2 }] });
  context.connection.end('signed-out');
  expect(await next()).toEqual({ type: 'end', reason: 'signed-out' });
  expect(await events.next()).toMatchObject({ done: true });
});

test('F15 a stream of server-sent events carries the same, with cursors to come back with', async () => {
  const hub = createRoomHub({ log: createMemoryRoomLog(), bus: createMemoryBus(), kinds: [tally], node: 'a' });
  const room = { roomId: 'room-1', kind: 'tally' };
  const connection = { ended: null, drained: () => Promise.resolve() };
  const t = initTRPC.create();
  const router = t.router({
    watch: t.procedure.subscription(async function* ({ signal = AbortSignal.abort() }) {
      const watcher = await hub.watch(room, { userId: 'ada', role: 'editor', signal });
      yield* queuedEvents(watcher, { connection, begun: () => {}, signal });
    }),
  });
  const server = createHTTPServer({ router }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const leave = new AbortController();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/watch`;
  const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: leave.signal });
  const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (part: string) => {
    while (!text.includes(part)) text += (await pieces?.read())?.value ?? '';
  };
  await until('"type":"snapshot"');
  const actor = () => ({ userId: 'ada', name: 'Ada', role: 'editor' as const });
  const commands = [{ seq: 1, name: 'add', input: { id: 'a', by: 1 } }];
  await hub.send(room, actor, { clientId: 'tab', commands });
  await until('"type":"diff"');
  expect(text).toMatch(/id: 1:0:tally\.1\.editor\n/);
  await until('id: 1:1:tally.1.editor\n');
  leave.abort();
  server.close();
});
