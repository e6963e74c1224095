import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHub, many, open, shown, textsIn, turnOver, type Viewer, watching } from '../testing/lane-stage.ts';
import { laneEncoder } from './lane-encoder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** One turn of the event loop. */
const turn = () => vi.advanceTimersToNextTimer();

test('F6 the message that carries it is the first event, and nothing that happens around it is missed', async () => {
  const { hub, tell } = createHub();
  const { wire, lane, bind } = await open(hub);
  await tell();
  await lane.ready();
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
  void lane.ready().then(ready);
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
  await viewer.lane.done();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(viewer.connection.stall).not.toHaveBeenCalled();
});

test('F14 a large snapshot comes in two pieces, of which the second is shared', async () => {
  const { hub, tell } = createHub();
  for (const id of ['one', 'two']) await tell('put', { id, text: 'ü'.repeat(9_000) });
  const tails = await Promise.all(
    [1, 2].map(async () => {
      const { lane, wire } = await open(hub);
      await lane.ready();
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
