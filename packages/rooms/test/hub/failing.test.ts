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
