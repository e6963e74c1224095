import { RefusedError } from '@atrium/client';
import { checkElement } from '@atrium/kinds/board';
import type { StateJson } from '@atrium/rooms/kind';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SessionWorld } from './board-session-world.ts';

// The editor itself needs a browser; the session takes one word from it.
vi.mock('@excalidraw/excalidraw', () => ({ CaptureUpdateAction: { NEVER: 'NEVER' } }));

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function boardWith(id: string, props: object = {}): StateJson {
  const checked = checkElement({ id, type: 'rectangle', x: 0, y: 0, width: 10, height: 10, index: 'a0', ...props });
  if (!checked.ok) throw new Error(checked.sentence);
  return { element: { [id]: { ...checked.element } } };
}

/** Lets answers and frames arrive, and the flush that waits. */
const pass = () => vi.advanceTimersByTimeAsync(250);

test('what was drawn since the last flush is sent when the page is left, and nothing after that', async () => {
  const world = new SessionWorld('editor');
  world.draw('r', {});
  world.draw('r', { x: 40 });
  expect(world.sent).toHaveLength(1);
  world.session.stop();
  expect(world.sent).toHaveLength(2);
  expect(world.ops.at(-1)).toEqual({ op: 'move', ids: ['r'], dx: 40, dy: 0 });
  // The canvas is taken apart: its empty scene is nobody's wish.
  world.elements = [];
  world.changed();
  await pass();
  expect(world.sent).toHaveLength(2);
});

test('a refused command goes back to what the server has, and says why', async () => {
  const world = new SessionWorld('editor', boardWith('r'));
  world.draw('r', { x: 40 });
  world.sent[0]?.answer({ ok: false, code: 'forbidden', message: 'An owner has locked this element.' });
  await pass();
  expect(world.get('r')).toMatchObject({ x: 0 });
  expect(world.sentences).toEqual(['An owner has locked this element.']);
});

test('so does one that is refused with the whole request', async () => {
  const world = new SessionWorld('editor', boardWith('r'));
  world.draw('r', { x: 40 });
  world.sent[0]?.answer(new RefusedError({ reason: 'NOT_ALLOWED', message: 'You may not draw here.' }));
  await pass();
  expect(world.get('r')).toMatchObject({ x: 0 });
  expect(world.sentences).toEqual(['You may not draw here.']);
});

test('what was under way when the right to draw was taken away is named, in whichever order the news come', async () => {
  for (const isRoleFirst of [true, false]) {
    const world = new SessionWorld('editor', boardWith('r'));
    world.draw('r', { x: 40 });
    const refuse = () =>
      world.sent[0]?.answer({ ok: false, code: 'forbidden', message: 'Your role does not allow this.' });
    if (isRoleFirst) world.setRole('viewer');
    refuse();
    await pass();
    if (!isRoleFirst) world.setRole('viewer');
    await pass();
    expect(world.unapplied).toEqual(['Rectangle r']);
    expect(world.get('r')).toMatchObject({ x: 0 });
  }
});

test('what was drawn and not sent yet is named too; what a viewer tries later is not', async () => {
  const world = new SessionWorld('editor', boardWith('r'));
  world.draw('r', { x: 40 });
  // The last flush is a moment ago, so this waits for the next one.
  world.draw('s', {});
  expect(world.ops).toHaveLength(1);
  world.setRole('viewer');
  await pass();
  world.draw('late', {});
  await pass();
  expect(world.unapplied).toEqual(['Rectangle s']);
  expect(world.ops).toHaveLength(1);
});

test('a viewer sends nothing, and their canvas shows nothing of what they try', async () => {
  const world = new SessionWorld('viewer', boardWith('r'));
  world.draw('r', { x: 40 });
  world.draw('s', {});
  world.setBackground('#123456');
  await pass();
  expect(world.sent).toEqual([]);
  expect(world.get('r')).toMatchObject({ x: 0 });
  expect(world.get('s')).toMatchObject({ isDeleted: true });
  expect(world.appState.viewBackgroundColor).toBe('#ffffff');
});

test('a role that changes in place counts from then on, both ways', async () => {
  const world = new SessionWorld('viewer');
  world.draw('early', {});
  await pass();
  world.setRole('editor');
  world.draw('r', { index: 'a1' });
  await pass();
  expect(world.ops).toMatchObject([{ op: 'put', element: { id: 'r' } }]);
  world.sent[0]?.answer({ ok: true });
  world.confirm(boardWith('r', { index: 'a1' }));
  await pass();
  world.setRole('viewer');
  world.draw('r', { x: 40 });
  await pass();
  expect(world.sent).toHaveLength(1);
  expect(world.get('r')).toMatchObject({ x: 0, isDeleted: false });
});

test('a background is sent as a colour that a board can keep, and the one that the server has is shown', async () => {
  const world = new SessionWorld('editor');
  world.setBackground('rgb(1, 2, 3)');
  expect(world.sent).toMatchObject([{ name: 'setMeta', input: { background: '#010203' } }]);
  world.confirm({ meta: { board: { background: '#010203' } } });
  world.sent[0]?.answer({ ok: true });
  await pass();
  expect(world.appState.viewBackgroundColor).toBe('#010203');
  world.confirm({ meta: { board: { background: '#fedcba' } } });
  await pass();
  expect(world.appState.viewBackgroundColor).toBe('#fedcba');
  expect(world.sent).toHaveLength(1);
});
