import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, startTestServer, type TestServer } from '../src/index.ts';

/** The outward contract of a room, spoken in raw frames: no client of ours is between the test and the server. */

let server: TestServer;
let ada: Person;
let bob: Person;
let roomId: string;

beforeAll(async () => {
  server = await startTestServer();
  ada = await Person.signUp(server.url, 'Ada');
  bob = await Person.signUp(server.url, 'Bob');
  roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'editor');
});
afterAll(() => server[Symbol.asyncDispose]());

interface Snapshot {
  type: 'snapshot';
  epoch: number;
  ver: number;
  role: string;
  state: { element?: Record<string, unknown> };
}
interface Diff {
  type: 'diff';
  prev: number;
  ver: number;
  acks: { clientId: string; seq: number }[];
  diff: { element?: Record<string, unknown[]> };
}
type RoomEvent = Snapshot | Diff | { type: 'end'; reason: string } | { type: 'role'; role: string };

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

const eventsOf = (frames: readonly { data: unknown }[]) => frames.map(({ data }) => data as RoomEvent);

test('first a snapshot, then diffs that continue it and acknowledge their commands', async () => {
  await using socket = await ada.openSocket();
  const watch = socket.send('subscription', 'rooms.watch', { roomId });
  const first = await socket.frame((frame) => frame.id === watch && frame.result?.type === 'data');
  const snapshot = first.result?.data as Snapshot;
  expect(snapshot).toMatchObject({ type: 'snapshot', role: 'owner' });
  expect(first.result?.id).toMatch(new RegExp(`^${snapshot.epoch}:${snapshot.ver}:`));

  for (const seq of [1, 2, 3]) {
    const answer = await socket.call('mutation', 'rooms.send', send('tab-a', seq, put(`a${seq}`)));
    expect(answer.result?.data).toMatchObject({ results: [{ seq, ok: true }] });
  }
  await socket.frame(({ result }) => (result?.data as Diff | undefined)?.acks?.some(({ seq }) => seq === 3) ?? false);
  const [, ...diffs] = eventsOf(socket.dataOf(watch)) as [Snapshot, ...Diff[]];
  let ver = snapshot.ver;
  for (const diff of diffs) {
    expect(diff.prev).toBe(ver);
    ver = diff.ver;
  }
  expect(diffs.flatMap(({ acks }) => acks)).toEqual([1, 2, 3].map((seq) => ({ clientId: 'tab-a', seq })));
  expect(diffs.flatMap(({ diff }) => Object.keys(diff.element ?? {}))).toEqual(['a1', 'a2', 'a3']);
});

test('a repeat gets the same answer and changes nothing', async () => {
  await using socket = await ada.openSocket();
  const request = send('tab-repeat', 1, put('once'));
  const first = await socket.call('mutation', 'rooms.send', request);
  const again = await socket.call('mutation', 'rooms.send', request);
  expect(again.result?.data).toEqual(first.result?.data);
  const refused = send('tab-repeat', 2, { name: 'edit', input: { ops: [{ op: 'set', id: 'nowhere', props: { x: 1 } }] } });
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
  await first.frame((frame) => frame.id === watch && frame.result?.type === 'data');
  const cursor = first.dataOf(watch).at(-1)?.id ?? '';
  await bob.mutate('rooms.send', send('tab-bob', 1, put('missed-1')));
  await bob.mutate('rooms.send', send('tab-bob', 2, put('missed-2')));

  await using second = await ada.openSocket();
  const resumed = second.send('subscription', 'rooms.watch', { roomId }, cursor);
  await second.frame(({ result }) => (result?.data as Diff | undefined)?.diff?.element?.['missed-2'] !== undefined);
  const events = eventsOf(second.dataOf(resumed));
  expect(events.map(({ type }) => type)).not.toContain('snapshot');
  const from = Number(cursor.split(':')[1]);
  expect((events[0] as Diff).prev).toBe(from);
});

test.each(['garbage', '1:999999:board', '999:1:x', ':::', '1:-1:board@1', 'NaN:NaN:NaN'])(
  'the cursor %j, which we never gave, gets a snapshot',
  async (cursor) => {
    await using socket = await ada.openSocket();
    const watch = socket.send('subscription', 'rooms.watch', { roomId }, cursor);
    const frame = await socket.frame((each) => each.id === watch && each.result?.type === 'data');
    expect(frame.result?.data).toMatchObject({ type: 'snapshot' });
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
  const watch = socket.send('subscription', 'rooms.watch', { roomId });
  const frame = await socket.frame((each) => each.id === watch && each.result?.type === 'data');
  expect(frame.result?.data).toMatchObject({ type: 'snapshot', role: 'viewer' });
  const answer = await socket.call('mutation', 'rooms.send', send('tab-vera', 1, put('forbidden')));
  expect(answer.result?.data).toMatchObject({ results: [{ ok: false, code: 'forbidden' }] });
  const late = await ada.openSocket();
  const watched = late.send('subscription', 'rooms.watch', { roomId });
  const now = await late.frame((each) => each.id === watched && each.result?.type === 'data');
  expect(Object.keys((now.result?.data as Snapshot).state.element ?? {})).not.toContain('forbidden');
  await late[Symbol.asyncDispose]();
});

test('an archived room can be seen and not changed; a deleted one says so and ends', async () => {
  const room = await ada.createBoard('Short lived');
  await using socket = await ada.openSocket();
  const watch = socket.send('subscription', 'rooms.watch', { roomId: room });
  await socket.frame((frame) => frame.id === watch && frame.result?.type === 'data');
  await ada.mutate('rooms.archive', { roomId: room });
  await socket.frame(({ result }) => (result?.data as RoomEvent | undefined)?.type === 'role');
  const refused = await socket.call('mutation', 'rooms.send', { ...send('t', 1, put('x')), roomId: room });
  expect(refused.result?.data).toMatchObject({ results: [{ ok: false, code: 'forbidden' }] });
  await ada.mutate('rooms.remove', { roomId: room });
  const end = await socket.frame(({ result }) => (result?.data as RoomEvent | undefined)?.type === 'end');
  expect(end.result?.data).toEqual({ type: 'end', reason: 'room-deleted' });
  expect(socket.ws.readyState).toBe(socket.ws.OPEN);
});
