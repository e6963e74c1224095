import { expect, test } from 'vitest';
import { add, createHubFixture, Viewer } from './hub-fixture.ts';

/** A socket that does not drain pulls nothing meanwhile: what it is told then is decided when it pulls. */

test('R32 gives a reader who slept through more batches than memory holds a snapshot, and then diffs', async () => {
  const { hub, send } = createHubFixture({ limits: { ringBatches: 3 } });
  const viewer = await Viewer.open(hub);
  await viewer.next();
  for (let seq = 1; seq <= 3; seq += 1) await send([add(seq)]);
  expect((await viewer.next()).event).toMatchObject({ type: 'diff', prev: 0, ver: 3 });
  for (let seq = 4; seq <= 7; seq += 1) await send([add(seq)]);
  expect((await viewer.next()).event).toMatchObject({ type: 'snapshot', ver: 7, state: { item: { a: { count: 7 } } } });
  await send([add(8)]);
  expect((await viewer.next()).event).toMatchObject({ type: 'diff', prev: 7, ver: 8 });
});

test('R32 tells a reader who slept through 3 MB of changes within ten minutes what the room is now, once', async () => {
  const { hub, send, clock } = createHubFixture();
  const viewer = await Viewer.open(hub);
  await viewer.next();
  for (let seq = 1; seq <= 300; seq += 1) {
    await send([{ seq, name: 'put', input: { id: `item-${seq % 10}`, text: String(seq).padEnd(10_000, 'x') } }]);
    await clock.advance(2_000);
  }
  const { event } = await viewer.next();
  expect(event).toMatchObject({ type: 'snapshot', ver: 300 });
  expect(JSON.stringify(event).length).toBeLessThan(110_000);
  expect(await viewer.pending()).toBeNull();
});
