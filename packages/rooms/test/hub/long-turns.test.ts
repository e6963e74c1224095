import { describe, expect, test } from 'vitest';
import type { Bus } from '../../src/bus/bus.ts';
import { createVirtualClock } from '../../src/clock/virtual-clock.ts';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import type { Role } from '../../src/kind/role.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { slowTally } from '../../src/testing/tally-kind.ts';
import { add, createHubFixture, type HubFixture, refuse, room, Viewer } from './hub-fixture.ts';

/** A room whose commands take 5 ms each, so that two of them fill a turn. */
function createSlowFixture(opts: Parameters<typeof createHubFixture>[0] = {}): HubFixture {
  const clock = createVirtualClock();
  return createHubFixture({ clock, kinds: [slowTally(() => clock.burn(5))], ...opts });
}

const adds = (count: number, from = 1) => Array.from({ length: count }, (_, index) => add(from + index));
const accepted = (count: number) => adds(count).map(({ seq }) => ({ seq, ok: true }));
const shown = async ({ hub }: HubFixture) => (await (await Viewer.open(hub)).next()).event;

describe('a request that takes longer than a turn', () => {
  test('R39 is committed turn by turn, with others in between, and answered once, whole and in order', async () => {
    const fixture = createSlowFixture();
    const { send, log, clock } = fixture;
    const answered: string[] = [];
    const long = send([...adds(6), refuse(7)]).finally(() => answered.push('long'));
    const behind = send(adds(1), { userId: 'bob', clientId: 'tab-2' }).finally(() => answered.push('behind'));
    const next = send(adds(1, 8)).finally(() => answered.push('next'));
    // Time stands still: only the first turn is over, and the loop is free.
    await new Promise(setImmediate);
    expect(log.appended).toHaveLength(1);
    await clock.advance(1_000);
    expect((await long).results).toEqual([...accepted(6), { seq: 7, ok: false, code: 'conflict', message: 'No 7.' }]);
    expect((await behind).results).toEqual(accepted(1));
    expect((await next).results).toEqual([{ seq: 8, ok: true }]);
    expect(answered).toEqual(['long', 'behind', 'next']);
    expect(
      log.appended.map(({ commands }) => commands.map(({ clientId, result }) => `${clientId} ${result.seq}`)),
    ).toEqual([
      ['tab-1 1', 'tab-1 2'],
      ['tab-1 3', 'tab-1 4'],
      ['tab-1 5', 'tab-1 6'],
      ['tab-1 7', 'tab-2 1'],
      ['tab-1 8'],
    ]);
  });

  test('R24 is done once when it is repeated while half of it is on disk, also at another node', async () => {
    const fixture = createSlowFixture();
    const { send, clock, another } = fixture;
    const first = send(adds(6));
    await new Promise(setImmediate);
    const again = [send(adds(6)), send(adds(6), { hub: another() })];
    await clock.advance(5_000);
    for (const answer of await Promise.all([first, ...again])) expect(answer.results).toEqual(accepted(6));
    expect(await shown(fixture)).toMatchObject({ state: { item: { a: { count: 6 } } }, clientSeq: { 'tab-1': 6 } });
  });

  test('R21 is decided by the role that the sender has at each turn', async () => {
    const { hub, clock, log } = createSlowFixture();
    let role: Role | null = 'editor';
    const actor = () => (role === null ? null : { userId: 'bob', name: 'Bob', role });
    const send = (from: number) => hub.send(room, actor, { clientId: 'tab-2', commands: adds(4, from) });
    const demoted = send(1);
    await new Promise(setImmediate);
    role = 'viewer';
    await clock.advance(1_000);
    expect((await demoted).results).toMatchObject([
      { ok: true },
      { ok: true },
      { code: 'forbidden' },
      { code: 'forbidden' },
    ]);
    role = 'editor';
    const removed = send(5).catch((error: unknown) => error);
    await new Promise(setImmediate);
    role = null;
    await clock.advance(1_000);
    // Two of its numbers are used: only its repeat may be told that nothing was done.
    expect(await removed).toBeInstanceOf(RoomUnavailable);
    await expect(send(5)).rejects.toMatchObject({ reason: 'not-a-member' });
    expect(log.appended.flatMap(({ commands }) => commands)).toHaveLength(6);
  });

  test('R20 whose log is lost in the middle is refused; its repeat gets the answers of what is on disk', async () => {
    const fixture = createSlowFixture();
    const { send, log, clock } = fixture;
    const sent = send([add(1), refuse(2), ...adds(4, 3)]).catch((error: unknown) => error);
    await new Promise(setImmediate);
    log.isDown = true;
    await clock.advance(5_000);
    expect(await sent).toBeInstanceOf(RoomUnavailable);
    log.isDown = false;
    const again = send([add(1), refuse(2), ...adds(4, 3)]);
    await clock.advance(5_000);
    expect((await again).results).toMatchObject(
      accepted(6).map((result) => (result.seq === 2 ? { ok: false } : result)),
    );
    expect(await shown(fixture)).toMatchObject({ state: { item: { a: { count: 5 } } } });
  });

  test('R18 that meets another writer in the middle goes on behind what that one wrote', async () => {
    const silent: Bus = { publish: () => {}, subscribe: () => () => {} };
    const fixture = createSlowFixture();
    const { send, clock, another, log } = fixture;
    const sent = send(adds(4));
    await new Promise(setImmediate);
    const other = another({ bus: silent, kinds: [slowTally(() => {})] });
    await send([add(1)], { hub: other, userId: 'bob', clientId: 'tab-2' });
    await clock.advance(1_000);
    expect((await sent).results).toEqual(accepted(4));
    expect((await log.read(room.roomId, 0, 9)).map(({ commands }) => commands[0]?.clientId)).toEqual([
      'tab-1',
      'tab-2',
      'tab-1',
    ]);
    expect(await shown(fixture)).toMatchObject({ state: { item: { a: { count: 5 } } } });
  });

  test('R22 whose first half is lost with the history it was in is done anew in the next one', async () => {
    const fixture = createSlowFixture();
    const { send, clock, log } = fixture;
    const sent = send(adds(4));
    await new Promise(setImmediate);
    // A fail-over to a server that has nothing of this room.
    const other = createMemoryRoomLog();
    Object.assign(log, { read: other.read, append: other.append, loadSnapshot: other.loadSnapshot });
    await clock.advance(1_000);
    expect(await sent).toMatchObject({ epoch: 2, results: accepted(4) });
    expect(await shown(fixture)).toMatchObject({ epoch: 2, state: { item: { a: { count: 4 } } } });
  });

  test('R25 is answered whole, also when its first answers are forgotten before its last turn', async () => {
    const { send, clock } = createSlowFixture({ limits: { runTimePerSecond: 1_000 } });
    const refused = Array.from({ length: 400 }, (_, index) => refuse(index + 1, 'No. '.repeat(50)));
    const sent = send(refused);
    await clock.advance(5_000);
    expect((await sent).results).toHaveLength(400);
  });

  test('R45 is finished by a drain without the waits of a room that has burnt its time', async () => {
    const { hub, send, clock } = createSlowFixture({ limits: { runTimePerSecond: 1 } });
    const sent = send(adds(20));
    await new Promise(setImmediate);
    const drained = hub.drain();
    await clock.advance(12_000);
    expect((await sent).results).toEqual(accepted(20));
    await drained;
  });
});
