import { describe, expect, test } from 'vitest';
import { RoomUnavailable } from '../../src/hub/errors.ts';
import { defineRoomKind } from '../../src/kind/define-room-kind.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { tally } from '../../src/testing/tally-kind.ts';
import { add, createHubFixture, room, Viewer } from './hub-fixture.ts';

const tallyTwo = defineRoomKind({
  ...tally,
  commands: { add: tally.commands['add'] ?? fail() },
  version: 2,
  migrate: (state, from) => ({ ...state, item: { ...state['item'], migrated: { from } } }),
});

function fail(): never {
  throw new Error('There is such a command.');
}

describe('a kind of a newer version', () => {
  test('R22 brings the state forward once, on disk before the first command', async () => {
    const inner = createMemoryRoomLog();
    const old = createHubFixture({ inner });
    await old.send([add(1)]);
    await old.hub.drain();
    const next = createHubFixture({ inner, kinds: [tallyTwo] });
    const first = await (await Viewer.open(next.hub)).next();
    expect(first).toMatchObject({
      cursor: '1:1:tally.2.editor',
      event: { schema: 2, state: { item: { migrated: { from: 1 } } } },
    });
    expect(await inner.loadSnapshot(room.roomId)).toMatchObject({ ver: 1, schema: 2 });
    await next.send([add(2)]);
    const again = createHubFixture({ inner, kinds: [tallyTwo] });
    expect((await (await Viewer.open(again.hub)).next()).event).toMatchObject({
      state: { item: { a: { count: 2 }, migrated: { from: 1 } } },
      clientSeq: { 'tab-1': 2 },
    });
    const older = createHubFixture({ inner });
    await expect(Viewer.open(older.hub)).rejects.toBeInstanceOf(RoomUnavailable);
  });

  test('R22 marks a new room as its own, so that nothing is migrated that need not be', async () => {
    const inner = createMemoryRoomLog();
    const one = createHubFixture({ inner, kinds: [tallyTwo] });
    await one.send([add(1)]);
    const two = createHubFixture({ inner, kinds: [tallyTwo] });
    const { event } = await (await Viewer.open(two.hub)).next();
    expect(event).toMatchObject({ state: { item: { a: { count: 1 } } } });
    expect(JSON.stringify(event)).not.toContain('migrated');
  });
});

describe('opening', () => {
  test('R20 fails with a sentence while the log is down and works when it is back', async () => {
    const { hub, log, send } = createHubFixture();
    log.isDown = true;
    await expect(Viewer.open(hub)).rejects.toBeInstanceOf(RoomUnavailable);
    await expect(send([add(1)])).rejects.toBeInstanceOf(RoomUnavailable);
    log.isDown = false;
    expect((await send([add(1)])).ver).toBe(1);
  });

  test('R23 keeps the order of what is sent while the room is read', async () => {
    const { send } = createHubFixture();
    const sent = Array.from({ length: 20 }, (_, index) => send([add(index + 1)]));
    expect((await Promise.all(sent)).every(({ results }) => results[0]?.ok === true)).toBe(true);
  });

  test('R11 refuses a kind of room that this server does not know', async () => {
    const { hub } = createHubFixture();
    const actor = () => ({ userId: 'ada', name: 'Ada', role: 'owner' as const });
    const strange = { roomId: 'r', kind: 'constructor' };
    await expect(hub.send(strange, actor, { clientId: 'c', commands: [add(1)] })).rejects.toMatchObject({
      reason: 'bad-request',
    });
  });
});

describe('presence through the hub', () => {
  test('R49 lets through what the kind allows and no more than 2 KiB', async () => {
    const { hub, clock } = createHubFixture();
    const { signal } = new AbortController();
    const events = hub.presence(room, { userId: 'ada', name: 'Ada', connectionId: 'tab-1', signal });
    const tell = (meta: Parameters<typeof hub.setPresence>[1]['meta']) =>
      hub.setPresence(room, { userId: 'ada', connectionId: 'tab-1', meta });
    expect(() => tell({ x: 'left' })).toThrow('This cannot be shown to the others.');
    expect(() => tell({ x: 1, y: 2, note: 'n'.repeat(2_100) })).toThrow('at most 2 KiB');
    tell({ x: 1, y: 2 });
    await clock.advance(100);
    for await (const event of events) {
      expect(event).toMatchObject({
        type: 'presence',
        people: [{ name: 'Ada', connections: [{ meta: { x: 1, y: 2 } }] }],
      });
      break;
    }
    expect(hub.people(room.roomId)).toHaveLength(1);
    await clock.advance(6_000);
    expect(hub.people(room.roomId)).toEqual([]);
  });
});
