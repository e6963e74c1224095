import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Bus } from '../../src/bus/bus.ts';
import { createVirtualClock } from '../../src/clock/virtual-clock.ts';
import { RoomUnavailable, SendRefused } from '../../src/hub/errors.ts';
import { defineRoomKind } from '../../src/kind/define-room-kind.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { tally } from '../../src/testing/tally-kind.ts';
import { add, createGate, createHubFixture, refuse, room, Viewer } from './hub-fixture.ts';

const silentBus: Bus = { publish: () => {}, subscribe: () => () => {} };

describe('a commit', () => {
  test('R16 is answered and shown only after it is on disk', async () => {
    const { hub, log, send } = createHubFixture();
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const viewer = await Viewer.open(hub);
    await viewer.next();
    let isAnswered = false;
    const sent = send([add(1)]).finally(() => (isAnswered = true));
    expect(await viewer.pending()).toBeNull();
    const late = await Viewer.open(hub);
    expect((await late.next()).event).toMatchObject({ type: 'snapshot', ver: 0, state: { item: {} } });
    expect(isAnswered).toBe(false);
    disk.open();
    expect(await sent).toEqual({ epoch: 1, ver: 1, results: [{ seq: 1, ok: true }] });
    expect((await viewer.next()).event).toMatchObject({ type: 'diff', prev: 0, ver: 1 });
  });

  test('R17 holds everything that waited while the last one was under way, up to 500 commands', async () => {
    const { log, send } = createHubFixture();
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const sent = [send([add(1)])];
    await new Promise(setImmediate);
    for (let seq = 2; seq <= 600; seq += 1) sent.push(send([add(seq)]));
    disk.open();
    await Promise.all(sent);
    expect(log.appended.map(({ commands }) => commands.length)).toEqual([1, 500, 99]);
  });

  test('R17 holds everything that arrived in the same turn, also when nothing was under way', async () => {
    const turn = createGate();
    const clock = { ...createVirtualClock(), turn: () => turn.opened };
    const { log, send } = createHubFixture({ clock });
    const sent = [send([add(1)])];
    await new Promise(setImmediate);
    sent.push(send([add(1)], { userId: 'bob', clientId: 'tab-2' }));
    await new Promise(setImmediate);
    expect(log.appended).toEqual([]);
    turn.open();
    await Promise.all(sent);
    expect(log.appended.map(({ commands }) => commands.length)).toEqual([2]);
  });

  test('R18 that meets another writer is decided again behind what that one wrote', async () => {
    const { hub, another, send, log } = createHubFixture();
    await send([add(1)]);
    const other = another({ bus: silentBus });
    await send([add(1)], { hub: other, userId: 'bob', clientId: 'tab-2' });
    await send([add(2)]);
    const view = await (await Viewer.open(hub)).next();
    expect(view.event).toMatchObject({ type: 'snapshot', ver: 3, state: { item: { a: { count: 3 } } } });
    expect(log.appended.length).toBeGreaterThan(3);
  });

  test.each([
    ['was written', true],
    ['was not written', false],
  ])('R19 whose answer is lost is looked up in the log: it %s', async (_, isWritten) => {
    const { log, send, clock } = createHubFixture();
    log.next.push(async (_batch, commit) => {
      if (isWritten) await commit();
      throw new Error('The connection was lost.');
    });
    const sent = send([add(1), refuse(2)]);
    await clock.advance(2_000);
    expect((await sent).results.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await log.read(room.roomId, 0, 10)).toHaveLength(1);
    expect((await send([add(3)])).ver).toBe(2);
  });

  test('R19 that never gets an answer counts as lost after a while', async () => {
    const { log, send, clock } = createHubFixture();
    log.next.push(() => new Promise(() => {}));
    const sent = send([add(1)]);
    await clock.advance(11_000);
    expect((await sent).results).toEqual([{ seq: 1, ok: true }]);
  });

  test('R20 without a log tells the senders, shows nothing, and goes on when the log is back', async () => {
    const { hub, log, send, clock, reports } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await viewer.next();
    log.isDown = true;
    const sent = [send([add(1)]), send([add(2)])].map((one) => one.catch((error: unknown) => error));
    await clock.advance(5_000);
    for (const error of await Promise.all(sent)) expect(error).toBeInstanceOf(RoomUnavailable);
    expect(await viewer.pending()).toBeNull();
    log.isDown = false;
    await clock.advance(2_000);
    expect((await send([add(1), add(2)])).results).toEqual([
      { seq: 1, ok: true },
      { seq: 2, ok: true },
    ]);
    expect((await viewer.pending())?.event).toMatchObject({ diff: { item: { a: ['put', { count: 2 }] } } });
    expect(reports.map(({ type }) => type)).toContain('log-unavailable');
  });

  test('R20 that a log refuses without a reason it could show is given up, not tried for ever', async () => {
    const { log, send, reports } = createHubFixture();
    for (let refusal = 0; refusal < 4; refusal += 1) log.next.push(async () => ({ ok: false, reason: 'conflict' }));
    await expect(send([add(1)])).rejects.toBeInstanceOf(RoomUnavailable);
    expect((await send([add(1)])).results).toEqual([{ seq: 1, ok: true }]);
    expect(reports).toMatchObject([
      { type: 'log-unavailable', cause: { message: expect.stringContaining('refuses') } },
    ]);
  });

  test('R21 asks for the sender again when it decides: a role taken away meanwhile counts', async () => {
    const { hub, log, send } = createHubFixture();
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const first = send([add(1)]);
    await new Promise(setImmediate);
    let role: 'editor' | 'viewer' | null = 'editor';
    const actor = () => (role === null ? null : { userId: 'bob', name: 'Bob', role });
    const demoted = hub.send(room, actor, { clientId: 'tab-2', commands: [add(1)] });
    role = 'viewer';
    disk.open();
    await first;
    expect((await demoted).results).toMatchObject([{ ok: false, code: 'forbidden' }]);
    const removed = hub.send(room, actor, { clientId: 'tab-2', commands: [add(2)] });
    role = null;
    await expect(removed).rejects.toMatchObject({ reason: 'not-a-member' });
  });
});

describe('a command', () => {
  test('R12 that is rejected uses its number, changes nothing and is in the log', async () => {
    const { hub, log, send } = createHubFixture();
    const answer = await send([add(1), refuse(2), add(3)]);
    expect(answer.results).toEqual([
      { seq: 1, ok: true },
      { seq: 2, ok: false, code: 'conflict', message: 'No 2.' },
      { seq: 3, ok: true },
    ]);
    expect((await log.read(room.roomId, 0, 1))[0]?.commands.map(({ result }) => result)).toEqual(answer.results);
    const { event } = await (await Viewer.open(hub)).next();
    expect(event).toMatchObject({ state: { item: { a: { count: 2 } } } });
  });

  test('R23 is numbered from 1 without a hole; a gap is refused with the number that is expected', async () => {
    const { send } = createHubFixture();
    await expect(send([add(2)])).rejects.toMatchObject({ reason: 'seq-gap', message: 'Expected command 1 and got 2.' });
    await send([add(1), add(2)]);
    await expect(send([add(4)])).rejects.toThrow('Expected command 3 and got 4.');
    for (const bad of [[add(0)], [add(1.5)], [add(3), add(5)], []]) {
      await expect(send(bad)).rejects.toMatchObject({ reason: 'bad-request' });
    }
    expect((await send([add(3)])).ver).toBe(2);
  });

  test('R23 whose predecessor went to another node is no gap', async () => {
    const { another, send, hub } = createHubFixture();
    await Viewer.open(hub);
    const other = another({ bus: silentBus });
    await send([add(1)], { hub: other });
    await send([add(2)], { hub: other });
    expect((await send([add(3)])).ver).toBe(3);
  });

  test('R24 that is repeated gets the same answer and is done once: in flight, later, mixed with new ones', async () => {
    const { hub, send, log } = createHubFixture();
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const first = send([add(1), refuse(2)]);
    await new Promise(setImmediate);
    const again = send([add(1), refuse(2)]);
    disk.open();
    expect((await again).results).toEqual((await first).results);
    const mixed = await send([refuse(2), add(3)]);
    expect(mixed.results).toEqual([(await first).results[1], { seq: 3, ok: true }]);
    const { event } = await (await Viewer.open(hub)).next();
    expect(event).toMatchObject({ state: { item: { a: { count: 2 } } }, clientSeq: { 'tab-1': 3 } });
  });

  test('R24 that is repeated after a restart, a snapshot and a compaction gets the same answer', async () => {
    const inner = createMemoryRoomLog();
    const limits = { snapshotBatches: 3, keptBatches: 1, keptTime: 0 };
    const before = createHubFixture({ inner, limits });
    const answers = [];
    for (let seq = 1; seq <= 8; seq += 1) {
      answers.push(...(await before.send([seq % 3 === 0 ? refuse(seq) : add(seq)])).results);
      await before.clock.advance(10);
    }
    await before.hub.drain();
    expect((await inner.read(room.roomId, 0, 100))[0]?.ver).toBeGreaterThan(1);
    const after = createHubFixture({ inner, limits });
    const repeated = await after.send(
      Array.from({ length: 8 }, (_, index) => ((index + 1) % 3 === 0 ? refuse(index + 1) : add(index + 1))),
    );
    expect(repeated.results).toEqual(answers);
    expect(repeated.ver).toBe(8);
  });

  test('R25 that is more than 1,000 numbers old is refused', async () => {
    const { send } = createHubFixture();
    for (let seq = 1; seq <= 1_001; seq += 91) {
      await send(Array.from({ length: 91 }, (_, index) => add(seq + index)));
    }
    await expect(send([add(1)])).rejects.toMatchObject({ reason: 'seq-too-old' });
    expect((await send([add(1_000)])).results).toEqual([{ seq: 1_000, ok: true }]);
  });

  test('R26 cannot come from a client id that somebody else uses: acknowledgements name client ids', async () => {
    const { send } = createHubFixture();
    await send([add(1)]);
    await expect(send([add(1)], { userId: 'eve' })).rejects.toMatchObject({ reason: 'bad-request' });
    await expect(send([add(1)], { clientId: 'a/b' })).rejects.toBeInstanceOf(SendRefused);
  });

  test('R14 of a kind that fails by mistake is rejected and reported; the room lives', async () => {
    const { send, reports } = createHubFixture();
    const answer = await send([{ seq: 1, name: 'fail', input: {} }, add(2)]);
    expect(answer.results).toEqual([
      { seq: 1, ok: false, code: 'invalid', message: 'This could not be done.' },
      { seq: 2, ok: true },
    ]);
    expect(reports).toMatchObject([{ type: 'command-failed', command: 'fail' }]);
  });
});

describe('bounds', () => {
  test('R38 refuse what is too large for one request or comes faster than the room can commit', async () => {
    const { send, log } = createHubFixture({ limits: { queuedCommands: 10 } });
    await expect(send(Array.from({ length: 501 }, (_, index) => add(index + 1)))).rejects.toMatchObject({
      reason: 'too-large',
    });
    const large = { seq: 1, name: 'put', input: { id: 'a', text: 'x'.repeat(300_000) } };
    await expect(send([large])).rejects.toMatchObject({ reason: 'too-large' });
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const first = send([add(1)]);
    await new Promise(setImmediate);
    const waiting = Array.from({ length: 10 }, (_, index) => send([add(index + 2)]));
    await expect(send([add(12)])).rejects.toMatchObject({ reason: 'too-fast' });
    disk.open();
    await Promise.all([first, ...waiting]);
    expect((await send([add(12)])).results).toEqual([{ seq: 12, ok: true }]);
  });

  test('R38 keep the number of open rooms: an idle one makes place, a busy one does not', async () => {
    const { hub, send } = createHubFixture({ limits: { openRooms: 1 } });
    await send([add(1)]);
    const actor = () => ({ userId: 'ada', name: 'Ada', role: 'editor' as const });
    const elsewhere = { roomId: 'room-2', kind: 'tally' };
    await hub.send(elsewhere, actor, { clientId: 'tab-1', commands: [add(1)] });
    const abort = new AbortController();
    await hub.watch(elsewhere, { userId: 'ada', role: 'editor', signal: abort.signal });
    await expect(send([add(2)])).rejects.toBeInstanceOf(RoomUnavailable);
    abort.abort();
    expect((await send([add(2)])).ver).toBe(2);
  });

  test('R39 slow a room that burns more time than it has, and report it', async () => {
    const clock = createVirtualClock();
    const run = () => clock.burn(80);
    const hot = defineRoomKind({ ...tally, commands: { burn: { input: z.strictObject({}), role: 'editor', run } } });
    const { send, reports } = createHubFixture({ clock, kinds: [hot], limits: { runTimePerSecond: 100 } });
    const burn = (seq: number) => send([{ seq, name: 'burn', input: {} }]);
    const ends: number[] = [];
    const started = clock.now();
    const all = Promise.all([1, 2, 3, 4, 5].map((seq) => burn(seq).then(() => ends.push(clock.now() - started))));
    await clock.advance(10_000);
    await all;
    expect(ends.at(-1)).toBeGreaterThan(1_500);
    expect(reports).toMatchObject([{ type: 'room-slowed', roomId: room.roomId, ms: expect.any(Number) }]);
  });
});
