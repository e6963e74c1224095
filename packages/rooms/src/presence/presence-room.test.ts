import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../clock/virtual-clock.ts';
import type { PresenceEvent } from './presence-event.ts';
import { PresenceRoom } from './presence-room.ts';
import type { PresenceStream } from './presence-stream.ts';

function createFixture() {
  const clock = createVirtualClock();
  let isEmpty = false;
  const { now } = clock;
  const setBack = (ms: number) => (clock.now = () => now() - ms);
  const room = new PresenceRoom(clock, () => {
    isEmpty = true;
  });
  const join = (userId: string, connectionId: string, name = userId) => room.join({ userId, name, connectionId });
  return { clock, setBack, room, join, isEmpty: () => isEmpty };
}

/** Collects what a stream yields while it goes on. */
function listen(stream: PresenceStream): PresenceEvent[] {
  const heard: PresenceEvent[] = [];
  void (async () => {
    for await (const event of stream) heard.push(event);
  })();
  return heard;
}

const types = (events: readonly PresenceEvent[]) => events.map(({ type }) => type);

describe('presence', () => {
  test('R46 begins with everybody who is there, tabs folded into one person', async () => {
    const { clock, join, room } = createFixture();
    join('ada', 'tab-1', 'Ada');
    join('ada', 'tab-2', 'Ada');
    const heard = listen(join('bob', 'tab-3', 'Bob'));
    await clock.advance(0);
    const people = [
      {
        userId: 'ada',
        name: 'Ada',
        connections: [
          { id: 'tab-1', meta: null },
          { id: 'tab-2', meta: null },
        ],
      },
      { userId: 'bob', name: 'Bob', connections: [{ id: 'tab-3', meta: null }] },
    ];
    expect(heard[0]).toEqual({ type: 'presence', people });
    expect(room.people()).toEqual(people);
  });

  test('R47 tells those who come within 100 ms together', async () => {
    const { clock, join } = createFixture();
    const heard = listen(join('ada', 'tab-1'));
    await clock.advance(200);
    heard.length = 0;
    for (let n = 0; n < 50; n += 1) join(`user-${n}`, `tab-${n}`);
    await clock.advance(200);
    expect(types(heard)).toEqual(['joins']);
    expect(heard).toMatchObject([{ people: { length: 50 } }]);
  });

  test('R48 shows nothing of a blip, and that a person left 5 s after the last connection', async () => {
    const { clock, join, room } = createFixture();
    const heard = listen(join('ada', 'tab-1'));
    const bob = join('bob', 'tab-2');
    await clock.advance(1_000);
    heard.length = 0;
    bob.end();
    await clock.advance(2_000);
    const again = join('bob', 'tab-3');
    await clock.advance(10_000);
    expect(types(heard)).toEqual(['metas']);
    expect(heard).toMatchObject([{ people: [{ userId: 'bob', connections: [{ id: 'tab-3' }] }] }]);
    again.end();
    await clock.advance(4_900);
    expect(heard).toHaveLength(1);
    expect(room.people()).toHaveLength(2);
    await clock.advance(300);
    expect(heard.at(-1)).toEqual({ type: 'leaves', userIds: ['bob'] });
    expect(room.people()).toHaveLength(1);
  });

  test('R48 keeps a person who closes one of several tabs', async () => {
    const { clock, join } = createFixture();
    const heard = listen(join('ada', 'tab-1'));
    join('bob', 'tab-2');
    const second = join('bob', 'tab-3');
    await clock.advance(1_000);
    heard.length = 0;
    second.end();
    await clock.advance(20_000);
    expect(heard).toEqual([{ type: 'metas', people: [{ userId: 'bob', connections: [{ id: 'tab-2', meta: null }] }] }]);
  });

  test.each([
    [2, 15, 16],
    [60, 5, 6],
  ])(
    'R49 sends %i people at most %i frames of cursors a second, the last value always',
    async (people, least, most) => {
      const { clock, join, room } = createFixture();
      const heard = listen(join('ada', 'tab-0'));
      for (let n = 1; n < people; n += 1) join(`user-${n}`, `tab-${n}`);
      await clock.advance(1_000);
      heard.length = 0;
      for (let tick = 0; tick < 200; tick += 1) {
        room.setMeta('user-1', 'tab-1', { x: tick, y: 0 });
        await clock.advance(5);
      }
      expect(heard.length).toBeGreaterThanOrEqual(least);
      expect(heard.length).toBeLessThanOrEqual(most);
      await clock.advance(1_000);
      expect(heard.at(-1)).toMatchObject({ people: [{ userId: 'user-1', connections: [{ meta: { x: 199, y: 0 } }] }] });
    },
  );

  test('R49 goes on when the clock on the wall is set back', async () => {
    const { clock, setBack, join, room } = createFixture();
    const heard = listen(join('ada', 'tab-1'));
    room.setMeta('ada', 'tab-1', { x: 1 });
    await clock.advance(1_000);
    heard.length = 0;
    setBack(62_000);
    room.setMeta('ada', 'tab-1', { x: 2 });
    await clock.advance(100);
    expect(heard).toMatchObject([{ type: 'metas', people: [{ connections: [{ meta: { x: 2 } }] }] }]);
  });

  test('R49 takes what one connection tells 30 times a second, and nothing is lost at the end', async () => {
    const { clock, join, room } = createFixture();
    join('ada', 'tab-1');
    join('ada', 'tab-2');
    const seen = new Set<unknown>();
    for (let x = 1; x <= 1_000; x += 1) {
      room.setMeta('ada', 'tab-1', { x });
      seen.add(room.people()[0]?.connections[0]?.meta);
      await clock.advance(1);
    }
    expect(seen.size).toBeGreaterThanOrEqual(28);
    expect(seen.size).toBeLessThanOrEqual(31);
    // Another tab has a pace of its own.
    room.setMeta('ada', 'tab-2', { y: 1 });
    await clock.advance(40);
    expect(room.people()[0]?.connections).toMatchObject([{ meta: { x: 1_000 } }, { meta: { y: 1 } }]);
  });

  test('R49 shows nothing of a connection that another one has replaced', async () => {
    const { clock, join, room } = createFixture();
    join('ada', 'tab-1');
    room.setMeta('ada', 'tab-1', { x: 1 });
    room.setMeta('ada', 'tab-1', { x: 2 });
    join('ada', 'tab-1');
    await clock.advance(1_000);
    expect(room.people()[0]?.connections).toEqual([{ id: 'tab-1', meta: null }]);
  });

  test('R49 changes nothing for a connection that is not there', async () => {
    const { clock, join, room } = createFixture();
    const heard = listen(join('ada', 'tab-1'));
    await clock.advance(1_000);
    heard.length = 0;
    room.setMeta('ada', 'tab-9', { x: 1 });
    room.setMeta('eve', 'tab-1', { x: 1 });
    await clock.advance(1_000);
    expect(heard).toEqual([]);
  });

  test('R50 tells a reader who is far behind everything anew instead of every step', async () => {
    const { clock, join, room } = createFixture();
    const slow = join('ada', 'tab-1')[Symbol.asyncIterator]();
    await slow.next();
    for (let tick = 0; tick < 60; tick += 1) {
      room.setMeta('ada', 'tab-1', { tick });
      await clock.advance(200);
    }
    const { value } = await slow.next();
    expect(value).toMatchObject({ type: 'presence', people: [{ connections: [{ meta: { tick: 59 } }] }] });
  });

  test('R50 ends with the room and leaves no timers or people behind', async () => {
    const { clock, join, room, isEmpty } = createFixture();
    const stream = join('ada', 'tab-1');
    stream.end();
    await clock.advance(6_000);
    expect([isEmpty(), room.people()]).toEqual([true, []]);
    const { done } = await stream[Symbol.asyncIterator]().next();
    expect(done).toBe(true);
  });
});
