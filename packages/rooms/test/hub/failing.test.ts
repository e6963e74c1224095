import { describe, expect, test } from 'vitest';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import { sealBatch } from '../../src/log/chain.ts';
import type { RoomLog, RoomSnapshot } from '../../src/log/room-log.ts';
import { add, createGate, createHubFixture, room, Viewer } from './hub-fixture.ts';

/** Another node with a bug wrote behind the first batch: the chain holds, and the diff fits no state. */
async function writeNonsense(log: RoomLog): Promise<void> {
  const [first] = await log.read(room.roomId, 0, 1);
  if (first === undefined) throw new Error('There is a first batch.');
  const { hash: prevHash, ...rest } = first;
  const diff = { item: { nowhere: ['patch', { count: ['set', 1] }] as const } };
  await log.append(sealBatch({ ...rest, ver: 2, prevHash, batchId: 'nonsense', diff, commands: [] }));
}

describe('a room that cannot follow its own log', () => {
  test('R52 refuses what was being committed and what waits behind it, and ends its watchers', async () => {
    const { hub, send, log, reports } = createHubFixture();
    await send([add(1)]);
    const viewer = await Viewer.open(hub);
    await viewer.next();
    await writeNonsense(log);
    const disk = createGate();
    log.next.push((_, commit) => disk.opened.then(commit));
    const taken = send([add(2)]).catch((error: unknown) => error);
    await new Promise(setImmediate);
    const waiting = send([add(3)]).catch((error: unknown) => error);
    disk.open();
    expect(await Promise.all([taken, waiting])).toEqual([expect.any(RoomUnavailable), expect.any(RoomUnavailable)]);
    expect((await viewer.next()).event).toEqual({ type: 'end', reason: 'draining' });
    expect(reports.map(({ type }) => type)).toEqual(['room-failed']);
  });

  test('R52 leaves no snapshot behind, not even in a drain: half of a diff may be in its state', async () => {
    const { hub, send, log } = createHubFixture();
    await send([add(1)]);
    await writeNonsense(log);
    const taken = send([add(2)]).catch((error: unknown) => error);
    await Promise.resolve();
    await hub.drain();
    expect(await taken).toBeInstanceOf(RoomUnavailable);
    expect(await log.loadSnapshot(room.roomId)).toBeNull();
  });
});

describe('a room that closes', () => {
  test('R52 leaves nobody waiting who comes in any step of it: they are sent to the room that opens next', async () => {
    for (let steps = 0; steps < 30; steps += 1) {
      const { send, log, clock } = createHubFixture();
      const disk = createGate();
      const { saveSnapshot } = log;
      Object.assign(log, { saveSnapshot: (snapshot: RoomSnapshot) => disk.opened.then(() => saveSnapshot(snapshot)) });
      await send([add(1)]);
      await clock.advance(61_000);
      disk.open();
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      expect(await send([add(2)])).toMatchObject({ ver: 2 });
    }
  });

  test('R45 that drains commits what comes while it writes its snapshot, and writes another', async () => {
    for (let steps = 0; steps < 30; steps += 1) {
      const { hub, send, log } = createHubFixture();
      await send([add(1)]);
      const disk = createGate();
      log.next.push((_, commit) => disk.opened.then(commit));
      const sent = send([add(2)]);
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
      const drained = hub.drain();
      await new Promise(setImmediate);
      disk.open();
      await drained;
      expect([await sent, await log.loadSnapshot(room.roomId)]).toMatchObject([{ ver: 2 }, { ver: 2 }]);
    }
  });
});

describe('a log that cannot be reached', () => {
  const full = new Error('The disk is full.');
  const unavailable = (roomId: string, cause: unknown) => ({ type: 'log-unavailable', roomId, cause });

  test('R20 is reported with its error once for an outage, however often somebody tries', async () => {
    const { send, log, reports, clock } = createHubFixture();
    const fill = () => log.next.push(...Array.from({ length: 4 }, () => () => Promise.reject(full)));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      fill();
      await expect(send([add(1)])).rejects.toBeInstanceOf(RoomUnavailable);
      await clock.advance(5_000);
    }
    expect(reports).toEqual([unavailable(room.roomId, full)]);
    await send([add(1)]);
    fill();
    await expect(send([add(2)])).rejects.toBeInstanceOf(RoomUnavailable);
    expect(reports).toEqual([unavailable(room.roomId, full), unavailable(room.roomId, full)]);
  });

  test('R20 is reported once while an open room and those who want to open one keep asking', async () => {
    const { hub, send, log, reports, clock } = createHubFixture();
    const isDown = expect.objectContaining({ message: 'The log is down.' });
    await send([add(1)]);
    await Viewer.open(hub);
    for (let outage = 1; outage <= 2; outage += 1) {
      const other = { roomId: `other-${outage}`, kind: 'tally' };
      const openOther = () => hub.watch(other, { userId: 'ada', role: 'editor', signal: AbortSignal.abort() });
      log.isDown = true;
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const sent = send([add(outage + 1)]).catch((error: unknown) => error);
        await expect(openOther()).rejects.toBeInstanceOf(RoomUnavailable);
        await clock.advance(20_000);
        expect(await sent).toBeInstanceOf(RoomUnavailable);
      }
      expect(reports.splice(0)).toEqual([unavailable(other.roomId, isDown), unavailable(room.roomId, isDown)]);
      log.isDown = false;
      await clock.advance(5_000);
      await openOther();
    }
  });

  test('R19 is not reported when only an answer was lost', async () => {
    const { send, log, reports } = createHubFixture();
    log.next.push((_, commit) => commit().then(() => Promise.reject(new Error('The connection was lost.'))));
    expect((await send([add(1)])).ver).toBe(1);
    expect(reports).toEqual([]);
  });
});
