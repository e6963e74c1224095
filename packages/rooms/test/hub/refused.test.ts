import { expect, test } from 'vitest';
import { createHubFixture, refuse, room } from './hub-fixture.ts';

/** Commands that change nothing and cost all the same: what one person can make a room remember. */

const request = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => refuse(from + index, 'No. '.repeat(100)));

test('R25 leaves a snapshot small, whatever was refused by however many clients of a person', async () => {
  const { hub, send, log } = createHubFixture();
  for (let client = 0; client < 10; client += 1) {
    for (const from of [1, 501]) {
      const { results } = await send(request(from, 500), { role: 'viewer', clientId: `tab-${client}` });
      expect(results).toHaveLength(500);
    }
  }
  await hub.drain();
  const snapshot = await log.loadSnapshot(room.roomId);
  expect(Object.keys(snapshot?.clients ?? {})).toHaveLength(10);
  expect(JSON.stringify(snapshot?.clients).length).toBeLessThan(140_000);
});

test('R25 answers the whole of a request at once, also what is forgotten before its end', async () => {
  const { send } = createHubFixture();
  const { results } = await send(request(1, 500));
  expect(results.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  await expect(send(request(1, 500))).rejects.toMatchObject({ reason: 'seq-too-old' });
  expect((await send(request(450, 51))).results).toEqual(results.slice(449));
});

test('R37 counts what was refused: it is in the log as well', async () => {
  const { send, log, clock } = createHubFixture({ limits: { snapshotBytes: 20_000 } });
  await send(request(1, 50));
  expect(await log.loadSnapshot(room.roomId)).toBeNull();
  await send(request(51, 50));
  await clock.advance(10);
  expect(await log.loadSnapshot(room.roomId)).toMatchObject({ ver: 2 });
});
