import { expect, test } from 'vitest';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import type { Role } from '../../src/kind/role.ts';
import type { AppendOutcome } from '../../src/log/room-log.ts';
import { add, createHubFixture, refuse, room, Viewer } from './hub-fixture.ts';

const denied = (): Promise<AppendOutcome> => Promise.resolve({ ok: false, reason: 'denied' });

const nobody: ReadonlySet<string> = new Set();

/** Ben is an editor for all that this node knows, until it is told to look again. */
function stage(recheck?: () => Promise<ReadonlySet<string>>) {
  const roles = { ada: 'owner' as Role, ben: 'editor' as Role };
  const fixture = createHubFixture({
    recheck:
      recheck ??
      (() => {
        roles.ben = 'viewer';
        return Promise.resolve(nobody);
      }),
  });
  const send = (userId: 'ada' | 'ben', seq: number) =>
    fixture.hub.send(room, () => ({ userId, name: userId, role: roles[userId] }), {
      clientId: userId,
      commands: [add(seq, userId)],
    });
  return { ...fixture, send, roles };
}

test('R55 whose commands a batch holds, and as what, is named once each; who only failed is not', async () => {
  const { hub, log, send } = stage();
  const failing = { clientId: 'eve', commands: [refuse(1)] };
  const eve = hub.send(room, () => ({ userId: 'eve', name: 'Eve', role: 'editor' }), failing);
  await Promise.all([send('ada', 1), send('ben', 1), send('ada', 2), eve]);
  expect(log.actors).toEqual([
    [
      { userId: 'ada', role: 'owner' },
      { userId: 'ben', role: 'editor' },
    ],
  ]);
});

test('R55 a batch that is denied is decided again by what each may do now, and nobody sees it as it was', async () => {
  const { hub, log, send } = stage();
  const viewer = await Viewer.open(hub);
  await viewer.next();
  log.next.push(denied);
  const [ada, ben] = await Promise.all([send('ada', 1), send('ben', 1)]);
  expect(ada.results).toEqual([{ seq: 1, ok: true }]);
  expect(ben.results).toEqual([expect.objectContaining({ seq: 1, ok: false, code: 'forbidden' })]);
  const { event } = await viewer.next();
  if (event.type !== 'diff') throw new Error('no diff');
  expect([event.ver, Object.keys(event.diff['item'] ?? {})]).toEqual([1, ['ada']]);
  expect(log.actors.at(-1)).toEqual([{ userId: 'ada', role: 'owner' }]);
  // Their number is used up: the same command gets the same answer.
  expect((await send('ben', 1)).results).toEqual(ben.results);
});

test('R55 when nobody can say who may do what, nothing is done, and the room works as soon as somebody can', async () => {
  let isReadable = false;
  const { log, send, roles, reports } = stage(() => {
    if (!isReadable) return Promise.reject(new Error('The database is away.'));
    roles.ben = 'viewer';
    return Promise.resolve(nobody);
  });
  log.next.push(denied);
  await expect(send('ben', 1)).rejects.toThrow(RoomUnavailable);
  expect(reports).toHaveLength(1);
  isReadable = true;
  log.next.push(denied);
  expect((await send('ben', 1)).results).toMatchObject([{ ok: false, code: 'forbidden' }]);
});

test('R55 a log that denies for ever does not keep its senders for ever', async () => {
  const { log, send, reports } = stage(() => Promise.resolve(nobody));
  log.next.push(...Array.from({ length: 100 }, () => denied));
  await expect(send('ben', 1)).rejects.toThrow(RoomUnavailable);
  expect(reports.map(({ type }) => type)).toEqual(['room-failed']);
  expect(log.appended.length).toBeLessThan(50);
});

test('R55 what somebody sends whose session is over is refused as that, also before word of it has come', async () => {
  const { hub, log } = createHubFixture({ recheck: () => Promise.resolve(new Set(['phone'])) });
  const send = (signIn: string, id: string) => {
    const actor = () => ({ userId: 'ada', name: 'Ada', role: 'editor' as const, signIn });
    return hub.send(room, actor, { clientId: signIn, commands: [add(1, id)] });
  };
  log.next.push(denied);
  const [desk, phone] = await Promise.allSettled([send('desk', 'a'), send('phone', 'b')]);
  expect(desk).toMatchObject({ status: 'fulfilled', value: { results: [{ ok: true }] } });
  expect(phone).toMatchObject({ status: 'rejected', reason: { name: 'SendRefused', reason: 'signed-out' } });
  expect(log.actors).toEqual([
    ['desk', 'phone'].map((signIn) => ({ userId: 'ada', role: 'editor', signIn })),
    [{ userId: 'ada', role: 'editor', signIn: 'desk' }],
  ]);
});
