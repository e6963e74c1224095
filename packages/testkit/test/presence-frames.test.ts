import type { PresenceEvent } from '@atrium/rooms';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Frame, Person, type RawSocket, type TestServer } from '../src/index.ts';
import { startWithTwoPeople } from './two-people.ts';

/** Who is in a room, as it travels: raw frames, no client of ours, and the times that people really wait. */

let server: TestServer;
let ada: Person;
let bob: Person;
let roomId: string;

beforeAll(async () => {
  ({ server, ada, bob } = await startWithTwoPeople());
});
afterAll(() => server[Symbol.asyncDispose]());

/** A room of its own for each test: a person stays for 5 s after the last tab. */
beforeEach(async () => {
  roomId = await ada.createBoard();
  await ada.letIn(bob, roomId, 'viewer');
});

/** The presence event in a frame of this subscription, or null. */
function eventIn(frame: Frame, id: number): PresenceEvent | null {
  return frame.id === id && frame.result?.type === 'data' ? (frame.result.data as PresenceEvent) : null;
}

/** One tab that shows who is there. */
class Tab implements AsyncDisposable {
  readonly socket: RawSocket;
  readonly #id: number;

  private constructor(socket: RawSocket) {
    this.socket = socket;
    this.#id = socket.send('subscription', 'rooms.presence', { roomId });
  }

  /** Resolves when the tab has been told who is there. */
  static async open(person: Person): Promise<Tab> {
    const tab = new Tab(await person.openSocket());
    await tab.hears('presence');
    return tab;
  }

  get events(): readonly PresenceEvent[] {
    return this.socket.frames.flatMap((frame) => eventIn(frame, this.#id) ?? []);
  }

  /** The first event of this type that fits. */
  async hears<Type extends PresenceEvent['type']>(
    type: Type,
    fits: (event: Extract<PresenceEvent, { type: Type }>) => boolean = () => true,
  ): Promise<Extract<PresenceEvent, { type: Type }>> {
    type Wanted = Extract<PresenceEvent, { type: Type }>;
    const isWanted = (event: PresenceEvent | null): event is Wanted => event?.type === type && fits(event as Wanted);
    const frame = await this.socket.frame((each) => isWanted(eventIn(each, this.#id)), 10_000);
    return eventIn(frame, this.#id) as Wanted;
  }

  point(x: number, y: number): Promise<Frame> {
    return this.socket.call('mutation', 'rooms.setPresence', { roomId, meta: { cursor: { x, y } } });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.socket[Symbol.asyncDispose]();
  }
}

const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('first everybody who is there, oneself included; then who joins, with a name', async () => {
  await using first = await Tab.open(ada);
  expect(first.events[0]).toMatchObject({ type: 'presence', people: [{ name: 'Ada', connections: [{ meta: null }] }] });
  await using second = await Tab.open(bob);
  expect(second.events[0]?.type).toBe('presence');
  expect(names((await second.hears('presence')).people)).toEqual(['Ada', 'Bob']);
  const { people } = await first.hears('joins', (event) => names(event.people).includes('Bob'));
  expect(people.find(({ name }) => name === 'Bob')?.connections).toMatchObject([{ meta: null }]);
});

test('a cursor reaches the others with the tab that it belongs to, and whoever comes later', async () => {
  await using first = await Tab.open(ada);
  await using second = await Tab.open(bob);
  expect((await second.point(3, 4)).result?.data).toEqual({});
  const cursor = { x: 3, y: 4 };
  const { people } = await first.hears('metas', (event) => JSON.stringify(event).includes('cursor'));
  expect(people).toMatchObject([{ connections: [{ id: expect.any(String), meta: { cursor } }] }]);
  await using late = await Tab.open(ada);
  const { people: there } = await late.hears('presence');
  expect(there.find(({ name }) => name === 'Bob')?.connections).toMatchObject([{ meta: { cursor } }]);
});

test('a flood of cursors arrives as few frames, and the last one always', async () => {
  await using first = await Tab.open(ada);
  await using second = await Tab.open(bob);
  const began = performance.now();
  const calls: Promise<Frame>[] = [];
  for (let x = 1; x <= 200; x += 1) {
    calls.push(second.point(x, 0));
    if (x % 10 === 0) await pause(25);
  }
  await Promise.all(calls);
  await first.hears('metas', (event) => JSON.stringify(event).includes('"x":200'));
  const seconds = (performance.now() - began) / 1_000;
  const frames = first.events.filter(({ type }) => type === 'metas').length;
  expect(frames).toBeLessThanOrEqual(Math.ceil(seconds * 15) + 2);
});

test('three tabs of one person are one person', async () => {
  await using first = await Tab.open(ada);
  await using one = await Tab.open(bob);
  await using two = await Tab.open(bob);
  await using three = await Tab.open(bob);
  const bobIn = (event: PresenceEvent) =>
    event.type === 'presence' ? event.people.filter(({ name }) => name === 'Bob') : [];
  expect(bobIn(await three.hears('presence'))).toMatchObject([{ connections: { length: 3 } }]);
  await first.hears('joins', (event) => names(event.people).includes('Bob'));
  await first.hears('metas', ({ people }) => people[0]?.connections.length === 3);
  const joined = first.events.flatMap((event) => (event.type === 'joins' ? names(event.people) : []));
  expect(joined.filter((name) => name === 'Bob')).toEqual(['Bob']);
  await two[Symbol.asyncDispose]();
  const left = ({ people }: Extract<PresenceEvent, { type: 'metas' }>) => people[0]?.connections.length === 2;
  expect((await first.hears('metas', left)).people[0]?.connections).toHaveLength(2);
  expect(one.events.map(({ type }) => type)).not.toContain('leaves');
});

test('a blip of 2 s shows nothing, and who is gone for good leaves after 5 s', async () => {
  await using first = await Tab.open(ada);
  const tab = await Tab.open(bob);
  await first.hears('joins', (event) => names(event.people).includes('Bob'));
  tab.socket.ws.terminate();
  await tab.socket.closed;
  await pause(2_000);
  const back = await Tab.open(bob);
  expect(names((await back.hears('presence')).people)).toEqual(['Ada', 'Bob']);
  await pause(4_000);
  expect(first.events.map(({ type }) => type)).not.toContain('leaves');

  const gone = performance.now();
  await back[Symbol.asyncDispose]();
  expect((await first.hears('leaves')).userIds).toHaveLength(1);
  expect(performance.now() - gone).toBeGreaterThan(4_500);
  expect(performance.now() - gone).toBeLessThan(8_000);
});

test('presence that is stopped while the socket stays is left as well', async () => {
  await using first = await Tab.open(ada);
  await using socket = await bob.openSocket();
  const id = socket.send('subscription', 'rooms.presence', { roomId });
  await socket.frame((frame) => eventIn(frame, id)?.type === 'presence');
  socket.stop(id);
  expect((await first.hears('leaves')).userIds).toHaveLength(1);
});

test('a stranger can neither see who is there nor show anything, and is told nothing more than that', async () => {
  const eve = await Person.signUp(server.url, 'Eve');
  await using first = await Tab.open(ada);
  await using socket = await eve.openSocket();
  const id = socket.send('subscription', 'rooms.presence', { roomId });
  const seen = await socket.frame((frame) => frame.id === id);
  const meta = { cursor: { x: 1, y: 1 } };
  const shown = await socket.call('mutation', 'rooms.setPresence', { roomId, meta });
  const nowhere = { roomId: '00000000-0000-4000-8000-000000000000', meta };
  const missing = await socket.call('mutation', 'rooms.setPresence', nowhere);
  expect([seen, shown, missing].map(({ error }) => error?.data.reason)).toEqual([
    'NOT_FOUND',
    'NOT_FOUND',
    'NOT_FOUND',
  ]);
  expect(shown.error?.message).toBe(missing.error?.message);
  // Whatever could have come of it would have come by now.
  await first.point(1, 1);
  await first.hears('metas', (event) => JSON.stringify(event).includes('cursor'));
  expect(JSON.stringify(first.events)).not.toContain('Eve');
});

test('what the kind does not allow is refused to the one who tells it', async () => {
  await using tab = await Tab.open(ada);
  const refused = await tab.socket.call('mutation', 'rooms.setPresence', { roomId, meta: { cursor: 'here' } });
  expect(refused.error?.data.reason).toBe('INVALID_INPUT');
  const large = { roomId, meta: { selection: Array.from({ length: 100 }, () => 'x'.repeat(40)) } };
  const tooLarge = await tab.socket.call('mutation', 'rooms.setPresence', large);
  expect(['TOO_LARGE', 'INVALID_INPUT']).toContain(tooLarge.error?.data.reason);
  expect(tab.events.map(({ type }) => type)).not.toContain('metas');
});
