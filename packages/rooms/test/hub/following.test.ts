import { expect, test, vi } from 'vitest';
import type { RoomHub } from '../../src/hub/room-hub.ts';
import type { Role } from '../../src/kind/role.ts';
import { createMemoryRoomLog } from '../../src/log/memory-room-log.ts';
import { add, createHubFixture, room } from './hub-fixture.ts';

/** A viewer of the fast lane: takes what is its own, and follows the feed of its view otherwise. */

async function follower(hub: RoomHub, opts: { userId?: string; role?: Role } = {}) {
  const abort = new AbortController();
  const { userId = 'ada', role = 'editor' } = opts;
  const watcher = await hub.watch(room, { userId, role, signal: abort.signal });
  const news = vi.fn();
  watcher.onNews(news);
  expect(watcher.follow()).toBeNull();
  const first = watcher.take();
  const feed = watcher.follow();
  if (first === null || feed === null) throw new Error('A new viewer has a snapshot to take and can follow then.');
  return { watcher, feed, news, abort };
}

test('F1 tells all who have everything of each batch by one feed, and disturbs nobody', async () => {
  const { hub, send } = createHubFixture();
  const [ada, bob] = [await follower(hub), await follower(hub, { userId: 'bob' })];
  expect(bob.feed).toBe(ada.feed);
  const heard = vi.fn();
  ada.feed.onNews(heard);
  await send([add(1)]);
  await send([add(2)]);
  expect(heard).toHaveBeenCalledTimes(2);
  expect(ada.news).not.toHaveBeenCalled();
  const events = ada.feed.since(0);
  expect(events).toMatchObject([
    { cursor: '1:1:tally.1.editor', event: { type: 'diff', prev: 0, ver: 1 } },
    { cursor: '1:2:tally.1.editor', event: { type: 'diff', prev: 1, ver: 2 } },
  ]);
  expect(ada.feed.since(1)?.[0]?.event).toBe(events?.[1]?.event);
  expect(ada.feed.since(2)).toEqual([]);
});

test('F1 has a feed for each view, which differ in their cursors', async () => {
  const { hub, send } = createHubFixture();
  const [ada, vera] = [await follower(hub), await follower(hub, { userId: 'vera', role: 'viewer' })];
  expect(vera.feed).not.toBe(ada.feed);
  await send([add(1)]);
  expect(vera.feed.since(0)?.[0]?.cursor).toBe('1:1:tally.1.viewer');
  expect(vera.feed.since(0)?.[0]?.event).toBe(ada.feed.since(0)?.[0]?.event);
});

test('F2 goes on where the feed left a viewer, with one joined diff', async () => {
  const { hub, send } = createHubFixture();
  const { watcher } = await follower(hub);
  for (const seq of [1, 2, 3, 4]) await send([add(seq)]);
  watcher.unfollow(2);
  expect(watcher.follow()).toBeNull();
  expect(watcher.take()).toMatchObject({ cursor: '1:4:tally.1.editor', event: { type: 'diff', prev: 2, ver: 4 } });
  expect(watcher.take()).toBeNull();
  expect(watcher.follow()).not.toBeNull();
});

test('F2 lets nobody follow who has something to take', async () => {
  const { hub, send } = createHubFixture();
  const { watcher } = await follower(hub);
  watcher.unfollow(0);
  await send([add(1)]);
  expect(watcher.hasNews).toBe(true);
  expect(watcher.follow()).toBeNull();
});

test('F3 tells a follower of its role, its end and its leaving at once', async () => {
  const { hub } = createHubFixture();
  const lowered = await follower(hub);
  lowered.watcher.changeRole({ role: 'viewer' });
  expect(lowered.news).toHaveBeenCalledTimes(1);
  lowered.watcher.unfollow(0);
  expect(lowered.watcher.take()).toEqual({ cursor: '1:0:tally.1.viewer', event: { type: 'role', role: 'viewer' } });
  expect(lowered.watcher.follow()).not.toBe(lowered.feed);

  const ended = await follower(hub);
  ended.watcher.end('removed');
  expect(ended.news).toHaveBeenCalledTimes(1);
  expect(ended.watcher.take()?.event).toEqual({ type: 'end', reason: 'removed' });
  expect([ended.watcher.isDone, ended.watcher.take(), ended.watcher.follow()]).toEqual([true, null, null]);

  const gone = await follower(hub);
  gone.abort.abort();
  expect(gone.news).toHaveBeenCalledTimes(1);
  expect([gone.watcher.isDone, gone.watcher.hasNews, gone.watcher.take()]).toEqual([true, false, null]);
});

test('F3 starts a follower from a snapshot when the history is another one, whatever it was told', async () => {
  const inner = createMemoryRoomLog();
  const { hub, send, log, clock } = createHubFixture({ inner });
  const { watcher, news } = await follower(hub);
  await send([add(1)]);
  const other = createHubFixture();
  for (const seq of [1, 2, 3]) await other.send([add(seq, 'other')]);
  log.read = (roomId, after, limit) => other.log.read(roomId, after, limit);
  log.loadSnapshot = (roomId) => other.log.loadSnapshot(roomId);
  log.append = (batch) => other.log.append(batch);
  await clock.advance(20_000);
  await send([add(2)]).catch(() => {});
  await vi.waitFor(() => expect(news).toHaveBeenCalled());
  watcher.unfollow(1);
  expect(watcher.take()?.event).toMatchObject({ type: 'snapshot', epoch: 2 });
});

test('F4 tells one by one what fits into memory, up to 64; otherwise each viewer takes what is joined', async () => {
  const { hub, send } = createHubFixture({ limits: { ringBatches: 100 } });
  const { feed, watcher } = await follower(hub);
  for (let seq = 1; seq <= 64; seq += 1) await send([add(seq)]);
  expect(feed.since(0)).toHaveLength(64);
  await send([add(65)]);
  expect(feed.since(0)).toBeNull();
  for (let seq = 66; seq <= 120; seq += 1) await send([add(seq)]);
  expect(feed.since(19)).toBeNull();
  watcher.unfollow(0);
  expect(watcher.take()?.event).toMatchObject({ type: 'snapshot', ver: 120 });
});
