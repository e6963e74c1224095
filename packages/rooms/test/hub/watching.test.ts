import { describe, expect, test } from 'vitest';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import { sealBatch } from '../../src/log/chain.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { add, createGate, createHubFixture, refuse, room, Viewer } from './hub-fixture.ts';

describe('a watcher', () => {
  test('R28 gets a snapshot and then diffs that each continue what came before', async () => {
    const { hub, send } = createHubFixture();
    await send([add(1)]);
    const viewer = await Viewer.open(hub);
    expect(await viewer.next()).toEqual({
      cursor: '1:1:tally.1.editor',
      event: {
        type: 'snapshot',
        epoch: 1,
        ver: 1,
        schema: 1,
        role: 'editor',
        state: { item: { a: { count: 1, by: 'ada' } } },
        clientSeq: { 'tab-1': 1 },
      },
    });
    await send([add(2), refuse(3)], {});
    expect(await viewer.next()).toEqual({
      cursor: '1:2:tally.1.editor',
      event: {
        type: 'diff',
        prev: 1,
        ver: 2,
        at: expect.any(Number),
        by: ['ada'],
        acks: [{ clientId: 'tab-1', seq: 3 }],
        diff: { item: { a: ['patch', { count: ['set', 2] }] } },
      },
    });
  });

  test('R28 misses nothing that is committed between its request and its first pull', async () => {
    const { hub, send } = createHubFixture();
    await send([add(1)]);
    const viewer = await Viewer.open(hub);
    await send([add(2)]);
    const first = await viewer.next();
    await send([add(3)]);
    expect(first.event).toMatchObject({ type: 'snapshot', ver: 2 });
    expect((await viewer.next()).event).toMatchObject({ type: 'diff', prev: 2, ver: 3 });
  });

  test('R29 resumes by its cursor with the missed diffs, joined, from memory', async () => {
    const { hub, send } = createHubFixture();
    await send([add(1)]);
    const before = await Viewer.open(hub);
    const { cursor } = await before.next();
    before.abort.abort();
    await send([add(2)]);
    await send([add(3)]);
    const after = await Viewer.open(hub, { cursor });
    const missed = (await after.next()).event;
    expect(missed).toMatchObject({ type: 'diff', prev: 1, ver: 3, acks: [{ clientId: 'tab-1', seq: 3 }] });
    expect(missed).toMatchObject({ diff: { item: { a: ['patch', { count: ['set', 3] }] } } });
    expect(await after.pending()).toBeNull();
  });

  test('R29 resumes by its cursor from the log when memory does not reach back', async () => {
    const { hub, send } = createHubFixture({ limits: { ringBatches: 2 } });
    await send([add(1)]);
    const { cursor } = await (await Viewer.open(hub)).next();
    for (let seq = 2; seq <= 9; seq += 1) await send([add(seq)]);
    const viewer = await Viewer.open(hub, { cursor });
    await send([add(10)]);
    expect((await viewer.next()).event).toMatchObject({ type: 'diff', prev: 1, ver: 9 });
    expect((await viewer.next()).event).toMatchObject({ type: 'diff', prev: 9, ver: 10 });
  });

  test.each([
    ['of another role', '1:1:tally.1.viewer'],
    ['of another version of the kind', '1:1:tally.2.editor'],
    ['of another epoch', '2:1:tally.1.editor'],
    ['ahead of the log', '1:9:tally.1.editor'],
    ['that is none', "1:1:tally.1.editor' or 1=1"],
    ['with a number that is none', '1:99999999999999999999:tally.1.editor'],
  ])('R29 starts from a snapshot with a cursor %s', async (_, cursor) => {
    const { hub, send } = createHubFixture();
    await send([add(1)]);
    await send([add(2)]);
    expect((await (await Viewer.open(hub, { cursor })).next()).event).toMatchObject({ type: 'snapshot', ver: 2 });
  });

  test('R29 starts from a snapshot when the log was compacted behind the cursor', async () => {
    const { hub, send, clock } = createHubFixture({
      limits: { ringBatches: 1, snapshotBatches: 2, keptBatches: 1, keptTime: 0 },
    });
    await send([add(1)]);
    const { cursor } = await (await Viewer.open(hub)).next();
    for (let seq = 2; seq <= 9; seq += 1) {
      await send([add(seq)]);
      await clock.advance(10);
    }
    expect((await (await Viewer.open(hub, { cursor })).next()).event).toMatchObject({ type: 'snapshot', ver: 9 });
  });

  test('R29 is never shown less than its cursor has: a node that cannot catch up refuses', async () => {
    const { hub, another, send, log, clock } = createHubFixture();
    const silent = { publish: () => {}, subscribe: () => () => {} };
    const stale = another({ bus: silent });
    await Viewer.open(stale);
    await send([add(1)]);
    const { cursor } = await (await Viewer.open(hub)).next();
    log.isDown = true;
    const refused = Viewer.open(stale, { cursor }).catch((error: unknown) => error);
    await clock.advance(2_000);
    expect(await refused).toBeInstanceOf(RoomUnavailable);
    log.isDown = false;
    const resumed = Viewer.open(stale, { cursor });
    await clock.advance(2_000);
    expect(await (await resumed).pending()).toBeNull();
  });

  test('R30 is sent nothing of a hidden collection: not in snapshots, not in diffs, not on resume', async () => {
    const { hub, send, log } = createHubFixture({ limits: { ringBatches: 1 } });
    const viewer = await Viewer.open(hub);
    const { cursor } = await viewer.next();
    const seen = [];
    for (let seq = 1; seq <= 4; seq += 1) {
      await send([add(seq)]);
      seen.push(await viewer.next());
    }
    seen.push(await (await Viewer.open(hub, { cursor })).next(), await (await Viewer.open(hub)).next());
    expect(JSON.stringify(await log.read(room.roomId, 0, 9))).toContain('journal');
    expect(JSON.stringify(seen)).not.toContain('journal');
  });

  test('R31 shares the event of a batch with all the others', async () => {
    const { hub, send } = createHubFixture();
    const [one, two] = [await Viewer.open(hub), await Viewer.open(hub, { userId: 'bob', role: 'viewer' })];
    expect((await one.next()).event).toMatchObject({ role: 'editor' });
    expect((await two.next()).event).toMatchObject({ role: 'viewer' });
    await send([add(1)]);
    expect((await one.next()).event).toBe((await two.next()).event);
  });

  test('R32 that is slow gets one joined diff, and a snapshot when that would be larger', async () => {
    const { hub, send } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await viewer.next();
    await send([add(1, 'a')]);
    await send([add(1, 'b')], { userId: 'bob', clientId: 'tab-2' });
    await send([add(2, 'a')]);
    expect((await viewer.next()).event).toEqual({
      type: 'diff',
      prev: 0,
      ver: 3,
      at: expect.any(Number),
      by: ['ada', 'bob'],
      acks: [
        { clientId: 'tab-1', seq: 2 },
        { clientId: 'tab-2', seq: 1 },
      ],
      diff: { item: { a: ['put', { count: 2, by: 'ada' }], b: ['put', { count: 1, by: 'bob' }] } },
    });
    for (let seq = 3; seq <= 23; seq += 1) {
      await send([{ seq, name: 'put', input: { id: 'a', text: String(seq).repeat(4_500) } }]);
    }
    expect((await viewer.next()).event).toMatchObject({ type: 'snapshot', ver: 24 });
  });

  test('R33 is told of a new role in place; later events carry it in their cursor', async () => {
    const { hub, send } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await viewer.next();
    viewer.watcher.changeRole({ role: 'viewer' });
    viewer.watcher.changeRole({ role: 'viewer' });
    expect(await viewer.next()).toEqual({ cursor: '1:0:tally.1.viewer', event: { type: 'role', role: 'viewer' } });
    await send([add(1)]);
    expect(await viewer.next()).toMatchObject({ cursor: '1:1:tally.1.viewer', event: { type: 'diff' } });
  });

  test('R34 that is ended gets nothing but the reason, and then the stream is done', async () => {
    const { hub, send } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await viewer.next();
    await send([add(1)]);
    viewer.watcher.end('removed');
    viewer.watcher.end('expired');
    expect((await viewer.next()).event).toEqual({ type: 'end', reason: 'removed' });
    expect(await viewer.isDone()).toBe(true);
  });

  test('R34 that is waiting is ended at once; one that is aborted is simply done', async () => {
    const { hub } = createHubFixture();
    const [ended, aborted] = [await Viewer.open(hub), await Viewer.open(hub)];
    await ended.next();
    await aborted.next();
    expect(await ended.pending()).toBeNull();
    ended.watcher.end('signed-out');
    expect((await ended.pending())?.event).toEqual({ type: 'end', reason: 'signed-out' });
    aborted.abort.abort();
    expect(await aborted.isDone()).toBe(true);
  });

  test('R35 learns the numbers of its own clients and of nobody else', async () => {
    const { hub, send } = createHubFixture();
    await send([add(1), refuse(2)]);
    await send([add(1)], { userId: 'ada-2', clientId: 'tab-2' });
    expect((await (await Viewer.open(hub)).next()).event).toMatchObject({ clientSeq: { 'tab-1': 2 } });
    expect((await (await Viewer.open(hub, { userId: 'bob' })).next()).event).toMatchObject({ clientSeq: {} });
  });
});

describe('another history', () => {
  test('R22 in the log opens a new epoch: the open room starts anew and so do its watchers', async () => {
    const inner = createMemoryRoomLog();
    const fixture = createHubFixture({ inner });
    const viewer = await Viewer.open(fixture.hub);
    await viewer.next();
    await fixture.send([add(1)]);
    await fixture.send([add(2)]);
    await viewer.next();
    // A fail-over: another server has lost version 2, and somebody wrote a different one.
    const other = createMemoryRoomLog();
    const [first] = await inner.read(room.roomId, 0, 1);
    if (first === undefined) throw new Error('There is a first batch.');
    await other.append(first);
    const { hash: _, ...rest } = {
      ...first,
      ver: 2,
      prevHash: first.hash,
      batchId: 'other',
      diff: { item: { b: ['put', {}] as const } },
    };
    await other.append(sealBatch({ ...rest, commands: [] }));
    const { log } = fixture;
    log.read = (...range) => other.read(...range);
    log.append = (batch) => other.append(batch);
    log.loadSnapshot = (roomId) => other.loadSnapshot(roomId);
    await expect(fixture.send([add(3)])).rejects.toMatchObject({ reason: 'seq-gap' });
    expect((await viewer.next()).event).toMatchObject({
      type: 'snapshot',
      epoch: 2,
      ver: 2,
      state: { item: { a: { count: 1 }, b: {} } },
      clientSeq: { 'tab-1': 1 },
    });
    expect(await fixture.send([add(2)])).toMatchObject({ epoch: 2, ver: 3 });
    expect(fixture.reports).toContainEqual({ type: 'new-epoch', roomId: room.roomId, epoch: 2 });
  });

  test('R22 whose chain does not fit is noticed when the room is read, and counted once', async () => {
    const inner = createMemoryRoomLog();
    const { hub, send } = createHubFixture({ inner });
    await send([add(1)]);
    await hub.drain();
    const [first] = await inner.read(room.roomId, 0, 1);
    if (first === undefined) throw new Error('There is a first batch.');
    const edited = { ...first, ver: 2, prevHash: first.hash, diff: { item: { a: ['del'] as const } } };
    await inner.append({ ...edited, hash: 'forged' });
    const again = createHubFixture({ inner });
    expect((await (await Viewer.open(again.hub)).next()).event).toMatchObject({
      epoch: 2,
      ver: 2,
      state: { item: {} },
    });
    await again.send([add(2)]);
    await again.hub.drain();
    const third = createHubFixture({ inner });
    expect((await (await Viewer.open(third.hub)).next()).event).toMatchObject({ epoch: 2, ver: 3 });
    expect(third.reports).toEqual([]);
  });
});

describe('a room', () => {
  test('R36 closes a minute after the last watcher with a snapshot, and opens the same', async () => {
    const { hub, send, clock, log } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await send([add(1)]);
    await clock.advance(120_000);
    expect(await log.loadSnapshot(room.roomId)).toBeNull();
    viewer.abort.abort();
    await clock.advance(59_000);
    expect(await log.loadSnapshot(room.roomId)).toBeNull();
    await clock.advance(2_000);
    expect(await log.loadSnapshot(room.roomId)).toMatchObject({
      ver: 1,
      schema: 1,
      clients: { 'ada/tab-1': { lastSeq: 1 } },
    });
    expect((await (await Viewer.open(hub)).next()).event).toMatchObject({
      ver: 1,
      state: { item: { a: { count: 1 } } },
    });
    expect((await send([add(2)])).ver).toBe(2);
  });

  test('R37 writes a snapshot each so many batches and keeps the log behind it that others may need', async () => {
    const { send, clock, log } = createHubFixture({ limits: { snapshotBatches: 10, keptBatches: 5, keptTime: 1_000 } });
    for (let seq = 1; seq <= 40; seq += 1) {
      await send([add(seq)]);
      await clock.advance(100);
    }
    expect((await log.loadSnapshot(room.roomId))?.ver).toBe(40);
    const kept = await log.read(room.roomId, 0, 100);
    expect(kept[0]?.ver).toBeLessThanOrEqual(31);
    expect(kept[0]?.ver).toBeGreaterThan(20);
    expect(kept.at(-1)?.ver).toBe(40);
  });

  test('R37 lives on when a snapshot cannot be written, and says so', async () => {
    const { send, log, reports } = createHubFixture({ limits: { snapshotBatches: 2 } });
    Object.assign(log, { saveSnapshot: () => Promise.reject(new Error('The disk is full.')) });
    for (let seq = 1; seq <= 6; seq += 1) expect((await send([add(seq)])).ver).toBe(seq);
    expect(reports.filter(({ type }) => type === 'snapshot-failed').length).toBeGreaterThan(0);
  });

  test('R44 that is evicted ends its watchers, refuses what waits and writes nothing more', async () => {
    const { hub, send, log } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await viewer.next();
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const first = send([add(1)]);
    await new Promise(setImmediate);
    const waiting = send([add(2)]).catch((error: unknown) => error);
    const evicted = hub.evict(room.roomId, 'room-deleted');
    disk.open();
    await evicted;
    expect((await first).ver).toBe(1);
    expect(await waiting).toMatchObject({ reason: 'not-a-member' });
    expect((await viewer.next()).event).toEqual({ type: 'end', reason: 'room-deleted' });
    expect(await log.loadSnapshot(room.roomId)).toBeNull();
    await hub.evict('never-opened', 'room-deleted');
  });

  test('R45 that drains commits what waits, writes a snapshot and tells its watchers to move', async () => {
    const { hub, send, log } = createHubFixture();
    const viewer = await Viewer.open(hub);
    await viewer.next();
    const sent = [1, 2, 3].map((seq) => send([add(seq)]));
    await new Promise(setImmediate);
    await hub.drain();
    expect((await Promise.all(sent)).length).toBe(3);
    expect((await log.loadSnapshot(room.roomId))?.clients).toMatchObject({ 'ada/tab-1': { lastSeq: 3 } });
    expect((await viewer.next()).event).toEqual({ type: 'end', reason: 'draining' });
    await expect(send([add(4)])).rejects.toBeInstanceOf(RoomUnavailable);
  });
});
