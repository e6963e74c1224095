import { openRoom, type Room, type RoomStatus } from '@atrium/client';
import { boardKind, canonicalElement } from '@atrium/kinds/board';
import type { RoomEvent } from '@atrium/rooms';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Person, startServerOn, startTcpProxy, type TcpProxy } from '../src/index.ts';
import { openPersonClient, type PersonClient } from '../src/index.ts';

/** Our client on the real server, and a network between them that is as bad as networks are. */

let folder: string;
let server: Awaited<ReturnType<typeof startServerOn>>;
let ada: Person;
let bob: Person;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atrium-test-'));
  server = await startServerOn(join(folder, 'data'));
  ada = await Person.signUp(server.url, 'Ada');
  bob = await Person.signUp(server.url, 'Bob');
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const proxyOf = () => startTcpProxy(Number(new URL(server.url).port));

function put(id: string) {
  const element = canonicalElement({ id, type: 'rectangle', x: 0, y: 0, width: 9, height: 9 });
  if (element === null) throw new Error('This is an element.');
  return { ops: [{ op: 'put' as const, element }] };
}

/** Opens the board and notes each phase that it goes through. */
async function open({ client }: PersonClient, roomId: string) {
  const room = openRoom(client, { kind: boardKind, roomId, clientId: 'tab' });
  const phases: RoomStatus['phase'][] = [];
  room.status.subscribe(() => phases.push(room.status.get().phase));
  await vi.waitFor(() => expect(room.status.get().phase).toBe('live'), 5_000);
  phases.length = 0;
  return { room, phases };
}

async function drawAll(room: Room<typeof boardKind>, ids: readonly string[]): Promise<void> {
  const results = await Promise.all(ids.map((id) => room.send('edit', put(id))));
  expect(results.every(({ ok }) => ok)).toBe(true);
}

/** What the room holds, as somebody sees it who comes now. */
async function snapshotOf(roomId: string): Promise<Extract<RoomEvent, { type: 'snapshot' }>> {
  await using socket = await ada.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  return (await socket.event('snapshot')) as Extract<RoomEvent, { type: 'snapshot' }>;
}

const isReconnecting = (phases: readonly string[]) =>
  vi.waitFor(() => expect(phases).toContain('reconnecting'), 15_000);

test.each<[string, (proxy: TcpProxy, phases: readonly string[]) => unknown]>([
  ['is cut', (proxy) => proxy.cut()],
  ['is reset', (proxy) => proxy.reset()],
  [
    'swallows everything for some seconds',
    async (proxy, phases) => {
      proxy.blackHole();
      await isReconnecting(phases);
      proxy.heal();
    },
  ],
  [
    'refuses for a while',
    async (proxy, phases) => {
      proxy.refuse();
      proxy.reset();
      await isReconnecting(phases);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      proxy.heal();
    },
  ],
  ['leads to a server that restarts', () => server.restart()],
])(
  'a network that %s loses no command and doubles none, and the room goes on by diffs',
  async (_, breakDown) => {
    const roomId = await ada.createBoard();
    await ada.letIn(bob, roomId, 'editor');
    await using proxy = await proxyOf();
    await using tab = openPersonClient(ada, proxy.url);
    const { room, phases } = await open(tab, roomId);
    await drawAll(room, ['before-1', 'before-2']);

    const underWay = drawAll(room, ['under-way-1', 'under-way-2']);
    const brokenDown = breakDown(proxy, phases);
    const meanwhile = drawAll(room, ['meanwhile-1', 'meanwhile-2']);
    await brokenDown;
    await bob.mutate('rooms.send', {
      roomId,
      clientId: 'bob',
      commands: [{ seq: 1, name: 'edit', input: put('missed') }],
    });
    await Promise.all([underWay, meanwhile]);
    await vi.waitFor(() => expect(room.status.get().phase).toBe('live'), 15_000);
    await drawAll(room, ['after']);

    const all = ['before-1', 'before-2', 'under-way-1', 'under-way-2', 'meanwhile-1', 'meanwhile-2', 'missed', 'after'];
    await vi.waitFor(() =>
      expect([...room.store.entries('element')].map(([id]) => id).toSorted()).toEqual(all.toSorted()),
    );
    expect([...new Set(phases)]).toEqual(['reconnecting', 'live']);
    expect(phases.at(-1)).toBe('live');
    expect([tab.count('snapshot'), tab.count('diff') > 0]).toEqual([1, true]);
    // Seven commands, seven numbers: each was decided once, and none under another name.
    const { state, clientSeq } = await snapshotOf(roomId);
    expect(Object.keys(state['element'] ?? {}).toSorted()).toEqual(all.toSorted());
    expect(clientSeq).toEqual({ tab: 7 });
    room.close();
  },
  60_000,
);

test('a server that goes away says so, and the client comes back', async () => {
  const roomId = await ada.createBoard();
  await using tab = openPersonClient(ada, server.url);
  const { room, phases } = await open(tab, roomId);
  await server.restart();
  await vi.waitFor(() => expect(phases.at(-1)).toBe('live'), 15_000);
  expect(tab.closed[0]).toEqual({ code: 1001, reason: 'draining' });
  await drawAll(room, ['after']);
  room.close();
});

test('a session that ended says so, and the client does not come back', async () => {
  const eve = await Person.signUp(server.url, 'Eve');
  await using tab = openPersonClient(eve, server.url);
  const { room } = await open(tab, await eve.createBoard());
  await eve.mutate('auth.logout');
  await vi.waitFor(() => expect(tab.closed).toEqual([{ code: 4401, reason: 'signed-out' }]));
  expect(room.status.get()).toMatchObject({ phase: 'ended', endReason: 'signed-out' });
  expect(tab.client.connection.status.get()).toBe('ended');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(tab.sockets).toBe(1);
  await expect(room.send('edit', put('late'))).rejects.toThrow('ended');
});
