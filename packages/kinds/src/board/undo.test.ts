import { expect, test } from 'vitest';
import { runCommand, createTx, type WantedRecord } from '@atrium/rooms/kind';
import { boardWith } from '../testing/board.ts';
import { boardKind } from './board-kind.ts';

const box = { id: 'box', type: 'rectangle', x: 0, y: 0, width: 10, height: 10 };
const actor = { userId: 'u', name: 'U', role: 'editor' } as const;

/** What a board holds after `undo` of these wishes; every command must be one that the board takes. */
function undone(board: ReturnType<typeof boardWith>, wanted: readonly WantedRecord[]) {
  const tx = createTx(board.state);
  for (const command of boardKind.undo?.(wanted) ?? []) {
    expect(runCommand(boardKind, tx, command, { actor, now: 1 })).toMatchObject({ ok: true });
  }
  return tx;
}

test('an element that was added goes, one that was removed comes back as it was', () => {
  const board = boardWith(box);
  expect(
    undone(board, [{ collection: 'element', id: 'box', record: undefined, keys: [] }]).get('element', 'box'),
  ).toBeUndefined();
  const before = board.state.get('element', 'box');
  board.edit([{ op: 'remove', ids: ['box'] }]);
  expect(
    undone(board, [{ collection: 'element', id: 'box', record: before, keys: null }]).get('element', 'box'),
  ).toEqual(before);
});

test('of an element that is there only the named properties change', () => {
  const board = boardWith(box);
  const wish = { ...board.state.get('element', 'box'), x: 77, strokeColor: '#e03131' };
  const tx = undone(board, [{ collection: 'element', id: 'box', record: wish, keys: ['x'] }]);
  expect(tx.get('element', 'box')).toMatchObject({ x: 77, strokeColor: '#1e1e1e' });
});

test('the background goes back, to white when there was none', () => {
  const board = boardWith(box);
  const tx = undone(board, [{ collection: 'meta', id: 'board', record: undefined, keys: [] }]);
  expect(tx.get('meta', 'board')).toEqual({ background: '#ffffff' });
});
