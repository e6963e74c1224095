import type { RoomEvent } from '@atrium/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, type TestServer, trackedOf } from '../src/index.ts';
import { startWithTwoPeople } from './two-people.ts';

/** The outward contract of a room, spoken in raw frames: no client of ours is between the test and the server. */

let server: TestServer;
let ada: Person;
let bob: Person;
let roomId: string;

beforeAll(async () => {
  ({ server, ada, bob } = await startWithTwoPeople());
  roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
});
afterAll(() => server[Symbol.asyncDispose]());

type Snapshot = Extract<RoomEvent, { type: 'snapshot' }>;
type Diff = Extract<RoomEvent, { type: 'diff' }>;

const put = (id: string, x = 0) => ({
  name: 'edit',
  input: { ops: [{ op: 'put', element: rectangle(id, x) }] },
});

function rectangle(id: string, x: number) {
  return {
    id,
    type: 'rectangle',
    x,
    y: 10,
    width: 100,
    height: 50,
    angle: 0,
    strokeColor: '#1e1e1e',
    backgroundColor: 'transparent',
    fillStyle: 'solid',
    strokeWidth: 2,
    strokeStyle: 'solid',
    roughness: 1,
    opacity: 100,
    groupIds: [],
    frameId: null,
    index: null,
    roundness: null,
    seed: 1,
    isDeleted: false,
    boundElements: null,
    link: null,
    locked: false,
  };
}

function send(clientId: string, seq: number, command: { name: string; input: unknown }) {
  return { roomId, clientId, commands: [{ seq, ...command }] };
}

const elementsIn = (event: RoomEvent | undefined) =>
  event?.type === 'diff' ? Object.keys(event.diff['element'] ?? {}) : [];

test('first a snapshot, then diffs that continue it and acknowledge their commands', async () => {
  await using socket = await ada.openSocket();
  const watch = socket.send('subscription', 'rooms.watch', { roomId });
  const snapshot = (await socket.event('snapshot')) as Snapshot;
  expect(snapshot.role).toBe('owner');
  expect(socket.eventsOf(watch)[0]?.id).toMatch(new RegExp(`^${snapshot.epoch}:${snapshot.ver}:`));

  for (const seq of [1, 2, 3]) {
    const answer = await socket.call('mutation', 'rooms.send', send('tab-a', seq, put(`a${seq}`)));
    expect(answer.result?.data).toMatchObject({ results: [{ seq, ok: true }] });
  }
  await socket.frame((frame) => elementsIn(trackedOf(frame)?.data).includes('a3'));
  const diffs = socket
    .eventsOf(watch)
    .slice(1)
    .map(({ data }) => data as Diff);
  let ver = snapshot.ver;
  for (const diff of diffs) {
    expect(diff.prev).toBe(ver);
    ver = diff.ver;
  }
  expect(diffs.flatMap(({ acks }) => acks)).toEqual([1, 2, 3].map((seq) => ({ clientId: 'tab-a', seq })));
  expect(diffs.flatMap(elementsIn)).toEqual(['a1', 'a2', 'a3']);
});

test('a repeat gets the same answer and changes nothing', async () => {
  await using socket = await ada.openSocket();
  const request = send('tab-repeat', 1, put('once'));
  const first = await socket.call('mutation', 'rooms.send', request);
  const again = await socket.call('mutation', 'rooms.send', request);
  expect(again.result?.data).toEqual(first.result?.data);
  const refused = send('tab-repeat', 2, {
    name: 'edit',
    input: { ops: [{ op: 'set', id: 'nowhere', props: { x: 1 } }] },
  });
  const rejection = await socket.call('mutation', 'rooms.send', refused);
  expect(rejection.result?.data).toMatchObject({ results: [{ seq: 2, ok: false, code: 'unknown' }] });
  expect((await socket.call('mutation', 'rooms.send', refused)).result?.data).toEqual(rejection.result?.data);
});

test('a gap in the numbers is refused as a whole', async () => {
  await using socket = await ada.openSocket();
  const answer = await socket.call('mutation', 'rooms.send', send('tab-gap', 5, put('gap')));
  expect(answer.error?.data.reason).toBe('SEQ_GAP');
});

test('a cursor is continued by diffs, not by a snapshot', async () => {
  await using first = await ada.openSocket();
  const watch = first.send('subscription', 'rooms.watch', { roomId });
  await first.event('snapshot');
  const cursor = first.eventsOf(watch).at(-1)?.id ?? '';
  await bob.mutate('rooms.send', send('tab-bob', 1, put('missed-1')));
  await bob.mutate('rooms.send', send('tab-bob', 2, put('missed-2')));

  await using second = await ada.openSocket();
  const resumed = second.resume('rooms.watch', { roomId }, cursor);
  await second.frame((frame) => elementsIn(trackedOf(frame)?.data).includes('missed-2'));
  const events = second.eventsOf(resumed).map(({ data }) => data);
  expect(events.map(({ type }) => type)).not.toContain('snapshot');
  const from = Number(cursor.split(':')[1]);
  expect((events[0] as Diff).prev).toBe(from);
});

test.each(['garbage', '1:999999:board', '999:1:x', ':::', '1:-1:board@1', 'NaN:NaN:NaN'])(
  'the cursor %j, which we never gave, gets a snapshot',
  async (cursor) => {
    await using socket = await ada.openSocket();
    const watch = socket.resume('rooms.watch', { roomId }, cursor);
    await socket.frame((frame) => trackedOf(frame) !== null);
    expect(socket.eventsOf(watch)[0]?.data.type).toBe('snapshot');
  },
);

test('a stranger learns nothing: a room that exists looks like one that does not', async () => {
  const eve = await Person.signUp(server.url, 'Eve');
  await using socket = await eve.openSocket();
  const messages: unknown[] = [];
  for (const id of [roomId, '00000000-0000-4000-8000-000000000000']) {
    for (const [method, path, input] of [
      ['subscription', 'rooms.watch', { roomId: id }],
      ['subscription', 'rooms.presence', { roomId: id }],
      ['mutation', 'rooms.send', { ...send('tab-eve', 1, put('evil')), roomId: id }],
      ['query', 'rooms.get', { roomId: id }],
    ] as const) {
      const call = socket.send(method, path, input);
      const { error } = await socket.frame((frame) => frame.id === call);
      messages.push([path, error?.data.reason, error?.message]);
    }
  }
  expect(messages.slice(0, 4)).toEqual(messages.slice(4));
  expect(new Set(messages.map((message) => (message as string[])[1]))).toEqual(new Set(['NOT_FOUND']));
});

test('a viewer sees everything and changes nothing', async () => {
  const vera = await Person.signUp(server.url, 'Vera');
  await ada.letIn(vera, roomId, 'viewer');
  await using socket = await vera.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  expect(await socket.event('snapshot')).toMatchObject({ role: 'viewer' });
  const answer = await socket.call('mutation', 'rooms.send', send('tab-vera', 1, put('forbidden')));
  expect(answer.result?.data).toMatchObject({ results: [{ ok: false, code: 'forbidden' }] });
  await using late = await ada.openSocket();
  late.send('subscription', 'rooms.watch', { roomId });
  const { state } = (await late.event('snapshot')) as Snapshot;
  expect(Object.keys(state['element'] ?? {})).not.toContain('forbidden');
});

test('an archived room can be seen and not changed; a deleted one says so and ends', async () => {
  const room = await ada.createBoard('Short lived');
  await using socket = await ada.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId: room });
  await socket.event('snapshot');
  await ada.mutate('rooms.archive', { roomId: room });
  expect(await socket.event('role')).toMatchObject({
    type: 'role',
    role: 'viewer',
    archived: true,
    by: { name: 'Ada' },
  });
  const refused = await socket.call('mutation', 'rooms.send', { ...send('t', 1, put('x')), roomId: room });
  expect(refused.result?.data).toMatchObject({ results: [{ ok: false, code: 'forbidden' }] });
  await ada.mutate('rooms.remove', { roomId: room });
  expect(await socket.event('end')).toMatchObject({ type: 'end', reason: 'room-deleted', by: { name: 'Ada' } });
  expect(socket.ws.readyState).toBe(socket.ws.OPEN);
});
