import { createMemoryBus, createRoomHub, type RoomEvent, type RoomHub, type Watcher } from '@atrium/rooms';
import { createMemoryRoomLog, tally } from '@atrium/rooms/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Lane } from './lane.ts';
import { laneEncoder } from './lane-encoder.ts';
import type { Wire } from './wire.ts';

/** The real engine, a wire that a test reads, and turns of the event loop by hand. */

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const room = { roomId: 'room-1', kind: 'tally' };

function createHub(limits: { ringBatches?: number } = {}) {
  const hub = createRoomHub({ log: createMemoryRoomLog(), bus: createMemoryBus(), kinds: [tally], node: 'a', limits });
  let seq = 0;
  const tell = async (name = 'add', input: object = { id: 'a', by: 1 }) => {
    seq += 1;
    const actor = () => ({ userId: 'pen', name: 'Pen', role: 'editor' as const });
    const { results } = await hub.send(room, actor, { clientId: 'pen', commands: [{ seq, name, input }] });
    expect(results).toMatchObject([{ ok: true }]);
  };
  return { hub, tell };
}

class FakeWire implements Wire {
  isOpen = true;
  unread = 0;
  isSilent = false;
  /** Every write, in order: the buffers themselves. */
  readonly writes: (Buffer | string)[] = [];
  readonly listeners: (() => void)[] = [];
  #begun = '';

  tell(frames: Buffer, mostUnread: number): boolean {
    if (!this.isOpen || this.isSilent || this.unread > mostUnread) return false;
    this.writes.push(frames);
    return true;
  }

  silence(): void {
    this.isSilent = true;
  }

  begin(text: string): void {
    this.#begun = text;
  }

  send(text: string | Buffer): void {
    this.writes.push(this.#begun + text.toString());
    this.#begun = '';
  }

  onDrained(listener: () => void): void {
    this.listeners.push(listener);
  }

  drain(): void {
    this.unread = 0;
    for (const listener of this.listeners.splice(0)) listener();
  }

  /** What a client would read: the numbers of its messages, and the events. */
  get events(): RoomEvent[] {
    return this.writes.flatMap(textsIn).flatMap(eventsIn);
  }
}

function textsIn(write: Buffer | string): string[] {
  if (typeof write === 'string') return [write];
  const texts: string[] = [];
  for (let at = 0; at < write.length;) {
    const short = write[at + 1] ?? 0;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    at =
      start +
      (short < 126 ? short : short === 126 ? write.readUInt16BE(at + 2) : Number(write.readBigUInt64BE(at + 2)));
    texts.push(write.toString('utf8', start, at));
  }
  return texts;
}

function eventsIn(text: string): RoomEvent[] {
  const { result } = JSON.parse(text) as { result: { data?: { data: RoomEvent } } };
  return result.data ? [result.data.data] : [];
}

const shown = (event: RoomEvent) => (event.type === 'diff' ? [event.prev, event.ver] : event.type);

interface Viewer {
  readonly lane: Lane;
  readonly wire: FakeWire;
  readonly watcher: Watcher;
  readonly connection: { ended: 'signed-out' | null; stall: () => void };
  readonly onSnapshot: ReturnType<typeof vi.fn>;
  readonly abort: AbortController;
  /** What tRPC does with the message that carries the lane. */
  bind(): Promise<void>;
}

async function open(
  hub: RoomHub,
  opts: { id?: number; cursor?: string; role?: 'editor' | 'viewer' } = {},
): Promise<Viewer> {
  const abort = new AbortController();
  const { id = 1, cursor, role = 'editor' } = opts;
  const watcher = await hub.watch(room, { userId: 'ada', role, cursor, signal: abort.signal });
  const wire = new FakeWire();
  const connection = { ended: null, stall: vi.fn() };
  const onSnapshot = vi.fn();
  const lane = new Lane({ watcher, wire, connection, onSnapshot });
  const bind = async () => {
    await lane.ready;
    const message = { id, result: { type: 'data', id: 'lane', data: { id: 'lane', data: lane } } };
    wire.send(laneEncoder.encode(message) as string);
    await Promise.resolve();
  };
  return { lane, wire, watcher, connection, onSnapshot, abort, bind };
}

async function watching(hub: RoomHub, opts: Parameters<typeof open>[1] = {}): Promise<Viewer> {
  const viewer = await open(hub, opts);
  await viewer.bind();
  expect(viewer.wire.events.map(shown)).toEqual(['snapshot']);
  viewer.wire.writes.length = 0;
  return viewer;
}

const many = (hub: RoomHub, count: number, id?: number) =>
  Promise.all(Array.from({ length: count }, () => watching(hub, id === undefined ? {} : { id })));

const turn = () => vi.advanceTimersToNextTimer();

/** Lets timers of the engine and the turn pass. */
async function turnOver(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1);
}

test('F6 the message that carries it is the first event, and nothing that happens around it is missed', async () => {
  const { hub, tell } = createHub();
  const { wire, lane, bind } = await open(hub);
  await tell();
  await lane.ready;
  expect(wire.writes).toEqual([]);
  await tell();
  const bound = bind();
  await tell();
  await bound;
  await turnOver();
  await tell();
  await turnOver();
  expect(wire.events.map(shown)).toEqual(['snapshot', [2, 3], [3, 4]]);
});

test('F6 who returns with everything is bound by the first thing that happens', async () => {
  const { hub, tell } = createHub();
  await tell();
  const { wire, lane, bind } = await open(hub, { cursor: '1:1:tally.1.editor' });
  const ready = vi.fn();
  void lane.ready.then(ready);
  await turnOver();
  expect(ready).not.toHaveBeenCalled();
  await tell();
  await turnOver();
  expect(ready).toHaveBeenCalled();
  await bind();
  await tell();
  expect(wire.events.map(shown)).toEqual([
    [1, 2],
    [2, 3],
  ]);
});

test('F7 all who have the same number get the same bytes, the others their own', async () => {
  const { hub, tell } = createHub();
  const [ada, bob, ...others] = [...(await many(hub, 20, 1)), ...(await many(hub, 1, 2))];
  await tell();
  await turnOver();
  expect(bob?.wire.writes[0]).toBe(ada?.wire.writes[0]);
  const eve = others.at(-1);
  expect(eve?.wire.writes[0]).not.toBe(ada?.wire.writes[0]);
  const idOf = (viewer?: Viewer) => (JSON.parse(textsIn(viewer?.wire.writes[0] ?? '')[0] ?? '') as { id: number }).id;
  expect([idOf(ada), idOf(eve)]).toEqual([1, 2]);
  expect(eve?.wire.events).toEqual(ada?.wire.events);
});

test('F8 what happens in one turn leaves a large room in one write, diff by diff', async () => {
  const { hub, tell } = createHub();
  const [ada] = await many(hub, 17);
  for (let each = 0; each < 8; each += 1) await tell();
  expect(ada?.wire.writes).toEqual([]);
  turn();
  expect(ada?.wire.writes).toHaveLength(1);
  expect(ada?.wire.events.map(shown)).toEqual(Array.from({ length: 8 }, (_, n) => [n, n + 1]));
});

test('F8 a small room is told at once, and what follows in the same turn leaves together', async () => {
  const { hub, tell } = createHub();
  const [ada] = await many(hub, 16);
  for (let each = 0; each < 4; each += 1) await tell();
  expect(ada?.wire.events.map(shown)).toEqual([[0, 1]]);
  turn();
  expect(ada?.wire.writes).toHaveLength(2);
  expect(ada?.wire.events.map(shown)).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
});

test('F8 whoever joins while something waits to be written hears it once', async () => {
  const { hub, tell } = createHub();
  const [ada] = await many(hub, 17);
  await tell();
  const late = await watching(hub);
  await tell();
  await turnOver();
  expect(ada?.wire.events.map(shown)).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(late.wire.events.map(shown)).toEqual([[1, 2]]);
});

test('F10 for a peer that is behind nothing is queued; drained, it is told one joined diff and goes on with all', async () => {
  const { hub, tell } = createHub();
  const [slow, quick] = [await watching(hub), await watching(hub)];
  await tell();
  await turnOver();
  slow.wire.unread = 256 * 1024 + 1;
  for (let each = 0; each < 5; each += 1) {
    await tell();
    await turnOver();
  }
  expect(slow.wire.events.map(shown)).toEqual([[0, 1]]);
  expect(quick.wire.events).toHaveLength(6);
  slow.wire.drain();
  await tell();
  await turnOver();
  expect(slow.wire.events.map(shown)).toEqual([
    [0, 1],
    [1, 6],
    [6, 7],
  ]);
  expect(slow.wire.listeners).toEqual([]);
});

test('F10 a peer that slept through more than memory holds gets a snapshot from where it is', async () => {
  const { hub, tell } = createHub({ ringBatches: 3 });
  const slow = await watching(hub);
  slow.wire.unread = 300 * 1024;
  for (let each = 0; each < 6; each += 1) {
    await tell();
    await turnOver();
  }
  slow.wire.drain();
  expect(slow.wire.events.map(shown)).toEqual(['snapshot']);
  expect(slow.onSnapshot).toHaveBeenCalledTimes(2);
  await tell();
  expect(slow.wire.events.map(shown)).toEqual(['snapshot', [6, 7]]);
});

test('F10 a turn that holds more than memory sends everybody to a snapshot, and on', async () => {
  const { hub, tell } = createHub({ ringBatches: 3 });
  const viewers = await many(hub, 20);
  for (let each = 0; each < 6; each += 1) await tell();
  await turnOver();
  await tell();
  await turnOver();
  for (const { wire } of viewers) expect(wire.events.map(shown)).toEqual(['snapshot', [6, 7]]);
});

test('F10 a first event that the peer does not take holds back what follows', async () => {
  const { hub, tell } = createHub();
  const { wire, bind } = await open(hub);
  wire.unread = 300 * 1024;
  await bind();
  await tell();
  await turnOver();
  expect(wire.events.map(shown)).toEqual(['snapshot']);
  wire.drain();
  expect(wire.events.map(shown)).toEqual(['snapshot', [0, 1]]);
});

test('F10 who takes nothing for half a minute is let go, who takes something is not', async () => {
  const { hub, tell } = createHub();
  const [dead, slow, quick] = [await watching(hub), await watching(hub), await watching(hub)];
  dead.wire.unread = slow.wire.unread = quick.wire.unread = 300 * 1024;
  await tell();
  await turnOver();
  await vi.advanceTimersByTimeAsync(29_000);
  quick.wire.drain();
  slow.wire.unread = 299 * 1024;
  await vi.advanceTimersByTimeAsync(1_500);
  expect(dead.connection.stall).toHaveBeenCalledTimes(1);
  expect(slow.connection.stall).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(40_000);
  expect(slow.connection.stall).toHaveBeenCalledTimes(1);
  expect(quick.connection.stall).not.toHaveBeenCalled();
});

test('F10 a subscriber who leaves while the peer is behind takes its patience along', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  viewer.wire.unread = 300 * 1024;
  await tell();
  await turnOver();
  viewer.abort.abort();
  await viewer.lane.done;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(viewer.connection.stall).not.toHaveBeenCalled();
});

test('F11 after the end of the session its reason is the only thing that is written, at once', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  await many(hub, 20);
  await tell();
  viewer.connection.ended = 'signed-out';
  viewer.wire.silence();
  await turnOver();
  await tell();
  await turnOver();
  expect(viewer.wire.writes).toEqual([]);
  viewer.watcher.end('signed-out');
  expect(viewer.wire.events).toEqual([{ type: 'end', reason: 'signed-out' }]);
  await viewer.lane.done;
  await tell();
  await turnOver();
  expect(viewer.wire.events).toHaveLength(1);
});

test('F11 who is behind is told the end all the same, and nothing before it', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  viewer.wire.unread = 300 * 1024;
  await tell();
  await turnOver();
  viewer.watcher.end('removed');
  expect(viewer.wire.events).toEqual([{ type: 'end', reason: 'removed' }]);
  await viewer.lane.done;
  viewer.wire.drain();
  expect(viewer.wire.events).toHaveLength(1);
});

test('F11 a session or a membership that ended before the message was encoded is told nothing of the room', async () => {
  const { hub } = createHub();
  for (const isSessionOver of [true, false]) {
    const viewer = await open(hub);
    await viewer.lane.ready;
    if (isSessionOver) viewer.connection.ended = 'signed-out';
    viewer.watcher.end('signed-out');
    await viewer.bind();
    expect(viewer.wire.events).toEqual([{ type: 'end', reason: 'signed-out' }]);
    await viewer.lane.done;
  }
});

test('F11 a session that is over but has no end to tell yet is told nothing at all', async () => {
  const { hub } = createHub();
  const viewer = await open(hub);
  viewer.connection.ended = 'signed-out';
  await viewer.bind();
  expect(viewer.wire.events).toEqual([]);
});

test('F11 behind a closing frame nothing is written', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  viewer.wire.isOpen = false;
  await tell();
  await turnOver();
  viewer.watcher.changeRole('viewer');
  expect(viewer.wire.writes).toEqual([]);
});

test('F12 a role and an end touch their own lane, and nobody else', async () => {
  const { hub, tell } = createHub();
  const [lowered, ended, ada] = await many(hub, 20);
  lowered?.watcher.changeRole('viewer');
  ended?.watcher.end('removed');
  await tell();
  await turnOver();
  expect(lowered?.wire.events.map(shown)).toEqual(['role', [0, 1]]);
  expect(ended?.wire.events.map(shown)).toEqual(['end']);
  expect(ada?.wire.events.map(shown)).toEqual([[0, 1]]);
  const cursorOf = (viewer?: Viewer) => /"id":"([^"]+)"/.exec(textsIn(viewer?.wire.writes.at(-1) ?? '')[0] ?? '')?.[1];
  expect([cursorOf(lowered), cursorOf(ada)]).toEqual(['1:1:tally.1.viewer', '1:1:tally.1.editor']);
});

test('F12 what waits to be written comes before a new role, and is not told twice', async () => {
  const { hub, tell } = createHub();
  const [ada] = await many(hub, 20);
  await tell();
  ada?.watcher.changeRole('viewer');
  await tell();
  await turnOver();
  const told = ada?.wire.events.map(shown);
  expect(told).toContain('role');
  expect(told?.filter((each) => each !== 'role')).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('F12 a subscriber who leaves ends its lane, bound or not, and is told nothing more', async () => {
  const { hub, tell } = createHub();
  for (const begin of [open, watching]) {
    const viewer = await begin(hub);
    viewer.abort.abort();
    await viewer.lane.ready;
    expect(await viewer.lane.done).toBeUndefined();
    await tell();
    await turnOver();
    expect(viewer.wire.writes).toEqual([]);
  }
});

test('F14 a large snapshot comes in two pieces, of which the second is shared', async () => {
  const { hub, tell } = createHub();
  for (const id of ['one', 'two']) await tell('put', { id, text: 'ü'.repeat(9_000) });
  const tails = await Promise.all(
    [1, 2].map(async () => {
      const { lane, wire } = await open(hub);
      await lane.ready;
      const begin = vi.spyOn(wire, 'begin');
      const tail = lane.bind(1);
      expect(begin).toHaveBeenCalledTimes(1);
      return tail;
    }),
  );
  expect(Buffer.isBuffer(tails[0])).toBe(true);
  expect(tails[1]).toBe(tails[0]);
});

test('F5 every other message is plain JSON', () => {
  for (const message of [
    { id: 1, result: { type: 'stopped' } },
    { id: null, error: {} },
    [{ result: { data: null } }],
  ]) {
    expect(laneEncoder.encode(message)).toBe(JSON.stringify(message));
  }
  expect(laneEncoder.decode('{"a":1}')).toEqual({ a: 1 });
  expect(() => laneEncoder.decode(new Uint8Array(1))).toThrow('text');
});
