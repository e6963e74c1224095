import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createMemoryBus } from '../../src/bus/memory-bus.ts';
import { createVirtualClock } from '../../src/clock/virtual-clock.ts';
import { createRoomHub } from '../../src/hub/create-room-hub.ts';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import { defineRoomKind } from '../../src/kind/define-room-kind.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { tally } from '../../src/testing/tally-kind.ts';
import { add, createHubFixture, room } from './hub-fixture.ts';

describe('the time that commands run', () => {
  test('R39 decide a request that takes longer than a turn in pieces, answer it as one, and do each once', async () => {
    const { send, log, clock, slow } = createSlowHub();
    const commands = Array.from({ length: 10 }, (_, index) => slow(index + 1));
    const both = Promise.all([send(commands), send([add(1)], { clientId: 'tab-2' })]);
    await clock.advance(1_000);
    const [sent, behind] = await both;
    expect(sent.results).toEqual(commands.map(({ seq }) => ({ seq, ok: true })));
    const sizes = log.appended.map((batch) => batch.commands.filter(({ name }) => name === 'slow').length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(10);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2);
    expect(behind.ver).toBeGreaterThanOrEqual(sent.ver);
  });

  test('R39 R24 repeat what an outage cut off in the middle: what was committed is answered, the rest is done', async () => {
    const { send, log, clock, slow } = createSlowHub();
    const commands = Array.from({ length: 6 }, (_, index) => slow(index + 1));
    log.next.push((_, commit) => commit());
    for (let attempt = 0; attempt < 4; attempt += 1) log.next.push(() => Promise.reject(new Error('Away.')));
    const cut = send(commands).catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await cut).toBeInstanceOf(RoomUnavailable);
    const repeated = send(commands);
    await clock.advance(5_000);
    expect((await repeated).results).toEqual(commands.map(({ seq }) => ({ seq, ok: true })));
    const done = (await log.read(room.roomId, 0, 100)).flatMap((batch) =>
      batch.commands.map(({ result }) => result.seq),
    );
    expect(done).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('R39 R21 a role that is taken away between two pieces counts for the rest', async () => {
    const { hub, slow, log, clock } = createSlowHub();
    let role: 'editor' | 'viewer' = 'editor';
    log.next.push((_, commit) => {
      role = 'viewer';
      return commit();
    });
    const commands = [slow(1), slow(2), slow(3), slow(4)];
    const sent = hub.send(room, () => ({ userId: 'ada', name: 'Ada', role }), { clientId: 'tab', commands });
    await clock.advance(1_000);
    const { results } = await sent;
    expect(results.map(({ ok }) => ok)).toEqual([true, true, false, false]);
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
    expect(reports.filter(({ type }) => type === 'room-slowed').length).toBeGreaterThan(0);
  });

  test('R39 is no other room’s: neighbours are answered while one decides a request that burns half a second', async () => {
    const run = () => {
      for (const end = performance.now() + 2; performance.now() < end;);
    };
    const busy = defineRoomKind({
      ...tally,
      commands: { ...tally.commands, burn: { input: z.strictObject({}), role: 'editor', run } },
    });
    const hub = createRoomHub({ log: createMemoryRoomLog(), bus: createMemoryBus(), kinds: [busy], node: 'n' });
    const actor = () => ({ userId: 'ada', name: 'Ada', role: 'editor' as const });
    const commands = Array.from({ length: 250 }, (_, index) => ({ seq: index + 1, name: 'burn', input: {} }));
    let isBurning = true;
    const burning = hub.send(room, actor, { clientId: 'hot', commands }).finally(() => (isBurning = false));
    let slowest = 0;
    for (let seq = 1; isBurning; seq += 1) {
      const began = performance.now();
      await hub.send({ ...room, roomId: 'room-2' }, actor, { clientId: 'tab', commands: [add(seq)] });
      slowest = Math.max(slowest, performance.now() - began);
      await new Promise(setImmediate);
    }
    expect((await burning).results).toHaveLength(250);
    expect(slowest).toBeLessThan(200);
    await hub.drain();
  });
});

/** A hub with a command that takes 5 ms of the 8 that a turn has. */
function createSlowHub() {
  const clock = createVirtualClock();
  const run = () => clock.burn(5);
  const slowTally = defineRoomKind({
    ...tally,
    commands: { ...tally.commands, slow: { input: z.strictObject({}), role: 'editor', run } },
  });
  const fixture = createHubFixture({ clock, kinds: [slowTally], limits: { runTimePerSecond: 10_000 } });
  return { ...fixture, slow: (seq: number) => ({ seq, name: 'slow', input: {} }) };
}
