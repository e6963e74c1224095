import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHub, many, open, shown, textsIn, turnOver, type Viewer, watching } from '../testing/lane-stage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('F11 after the end of the session its reason is the only thing that is written, at once', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  await many(hub, 20);
  await tell();
  viewer.connection.ended = 'signed-out';
  viewer.wire.silence();
  await turnOver();
  await tell();
  await turnOver();
  expect(viewer.wire.writes).toEqual([]);
  viewer.watcher.end('signed-out');
  expect(viewer.wire.events).toEqual([{ type: 'end', reason: 'signed-out' }]);
  await viewer.lane.done();
  await tell();
  await turnOver();
  expect(viewer.wire.events).toHaveLength(1);
});

test('F11 who is behind is told the end all the same, and nothing before it', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  viewer.wire.unread = 300 * 1024;
  await tell();
  await turnOver();
  viewer.watcher.end('removed');
  expect(viewer.wire.events).toEqual([{ type: 'end', reason: 'removed' }]);
  await viewer.lane.done();
  viewer.wire.drain();
  expect(viewer.wire.events).toHaveLength(1);
});

test('F11 a session or a membership that ended before the message was encoded is told nothing of the room', async () => {
  const { hub } = createHub();
  for (const isSessionOver of [true, false]) {
    const viewer = await open(hub);
    await viewer.lane.ready();
    if (isSessionOver) viewer.connection.ended = 'signed-out';
    viewer.watcher.end('signed-out');
    await viewer.bind();
    expect(viewer.wire.events).toEqual([{ type: 'end', reason: 'signed-out' }]);
    await viewer.lane.done();
  }
});

test('F11 a session that is over but has no end to tell yet is told nothing at all', async () => {
  const { hub } = createHub();
  const viewer = await open(hub);
  viewer.connection.ended = 'signed-out';
  await viewer.bind();
  expect(viewer.wire.events).toEqual([]);
});

test('F11 behind a closing frame nothing is written', async () => {
  const { hub, tell } = createHub();
  const viewer = await watching(hub);
  viewer.wire.isOpen = false;
  await tell();
  await turnOver();
  viewer.watcher.changeRole({ role: 'viewer' });
  expect(viewer.wire.writes).toEqual([]);
});

test('F12 a role and an end touch their own lane, and nobody else', async () => {
  const { hub, tell } = createHub();
  const [lowered, ended, ada] = await many(hub, 20);
  lowered?.watcher.changeRole({ role: 'viewer' });
  ended?.watcher.end('removed');
  await tell();
  await turnOver();
  expect(lowered?.wire.events.map(shown)).toEqual(['role', [0, 1]]);
  expect(ended?.wire.events.map(shown)).toEqual(['end']);
  expect(ada?.wire.events.map(shown)).toEqual([[0, 1]]);
  const cursorOf = (viewer?: Viewer) => /"id":"([^"]+)"/.exec(textsIn(viewer?.wire.writes.at(-1) ?? '')[0] ?? '')?.[1];
  expect([cursorOf(lowered), cursorOf(ada)]).toEqual(['1:1:tally.1.viewer', '1:1:tally.1.editor']);
});

test('F12 what waits to be written comes before a new role, and is not told twice', async () => {
  const { hub, tell } = createHub();
  const [ada] = await many(hub, 20);
  await tell();
  ada?.watcher.changeRole({ role: 'viewer' });
  await tell();
  await turnOver();
  const told = ada?.wire.events.map(shown);
  expect(told).toContain('role');
  expect(told?.filter((each) => each !== 'role')).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('F12 a subscriber who leaves ends its lane, bound or not, and is told nothing more', async () => {
  const { hub, tell } = createHub();
  for (const begin of [open, watching]) {
    const viewer = await begin(hub);
    viewer.abort.abort();
    await viewer.lane.ready();
    expect(await viewer.lane.done()).toBeUndefined();
    await tell();
    await turnOver();
    expect(viewer.wire.writes).toEqual([]);
  }
});
