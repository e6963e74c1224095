import { describe, expect, test } from 'vitest';
import { kinds } from '../index.ts';
import { boardWith, createBoard, type TestBoard } from '../testing/board.ts';
import { victims } from '../testing/index.ts';
import { boardKind } from './board-kind.ts';
import { boardOutline } from './board-outline.ts';

function fullBoard(): TestBoard {
  return boardWith(...victims());
}

test('the registry knows the board by its name', () => {
  expect(kinds.get('board')).toBe(boardKind);
  expect(kinds.get('constructor')).toBeUndefined();
});

describe('clear', () => {
  test('removes everything for good, and late edits of it do not bring it back', () => {
    const board = fullBoard();
    board.edit([{ op: 'remove', ids: ['victim-text'] }]);
    expect(board.send({ name: 'clear', input: {} })).toMatchObject({ ok: true });
    expect(board.state.size('element')).toBe(0);
    for (const id of ['victim-text', 'victim-line']) {
      expect(board.edit([{ op: 'move', ids: [id], dx: 1, dy: 1 }])).toMatchObject({ ok: true, diff: {} });
      expect(board.edit([{ op: 'restore', ids: [id] }])).toMatchObject({ ok: false, code: 'unknown' });
    }
  });

  test('is for owners', () => {
    expect(fullBoard().send({ name: 'clear', input: {} }, { role: 'editor' })).toMatchObject({ code: 'forbidden' });
  });
});

describe('lock', () => {
  const lock = (ids: string[], locked: boolean) => ({ name: 'lock', input: { ids, locked } });

  test('locks and unlocks, for owners', () => {
    const board = fullBoard();
    expect(board.send(lock(['victim-text'], true), { role: 'editor' })).toMatchObject({ code: 'forbidden' });
    board.send(lock(['victim-text', 'victim-line'], true));
    expect(board.state.get('element', 'victim-line')).toMatchObject({ locked: true });
    board.send(lock(['victim-line'], false));
    expect(board.state.get('element', 'victim-line')).toMatchObject({ locked: false });
  });

  test('passes over what was just removed, and is unknown for what never was', () => {
    const board = fullBoard();
    board.edit([{ op: 'remove', ids: ['victim-text'] }]);
    expect(board.send(lock(['victim-text', 'victim-line'], true))).toMatchObject({ ok: true });
    expect(board.send(lock(['victim-line', 'nobody'], false))).toMatchObject({ ok: false, code: 'unknown' });
    expect(board.state.get('element', 'victim-line')).toMatchObject({ locked: true });
  });
});

test('setMeta keeps the background', () => {
  const board = createBoard();
  expect(board.send({ name: 'setMeta', input: { background: '#ffc9c9' } }, { role: 'editor' }).ok).toBe(true);
  expect(board.state.toJson().meta).toEqual({ board: { background: '#ffc9c9' } });
});

test('presence is a cursor, a tool, a button and at most 100 ids', () => {
  const selection = Array.from({ length: 100 }, (_, at) => `e${at}`);
  const message = { cursor: { x: 1.5, y: -2 }, tool: 'laser', button: 'down', selection };
  expect(boardKind.presence.safeParse(message).success).toBe(true);
  expect(boardKind.presence.safeParse({ ...message, cursor: null }).success).toBe(true);
  const wrong = [{ selection: [...selection, 'x'] }, { cursor: { x: NaN, y: 0 } }, { tool: 'gun' }, { html: '<b>' }];
  for (const changes of wrong) expect(boardKind.presence.safeParse({ ...message, ...changes }).success).toBe(false);
});

test('a board holds 5,000 elements', () => {
  const board = createBoard();
  const put = (at: number) => ({
    op: 'put',
    element: { id: `e${at}`, type: 'ellipse', x: at, y: 0, width: 1, height: 1 },
  });
  for (let from = 0; from < 5_000; from += 500) {
    expect(board.edit(Array.from({ length: 500 }, (_, at) => put(from + at))).ok).toBe(true);
  }
  expect(board.edit([put(5_000)])).toMatchObject({ ok: false, code: 'limit' });
  expect(board.edit([{ op: 'remove', ids: ['e7'] }, put(5_000)]).ok).toBe(true);
});

test('a board holds 8 MB, and a full one can be emptied', () => {
  const board = createBoard();
  const text = 'x'.repeat(10_000);
  const fill = (at: number) => ({ op: 'put', element: { id: `t${at}`, type: 'text', x: 0, y: 0, text } });
  const outcomes = Array.from({ length: 500 }, (_, at) => board.edit([fill(at)]));
  const refused = outcomes.filter((outcome) => !outcome.ok);
  expect(refused[0]).toMatchObject({ code: 'limit' });
  expect(board.state.bytes).toBeLessThanOrEqual(8 * 1024 * 1024);
  expect(board.state.bytes).toBeGreaterThan(8 * 1024 * 1024 - 25_000);
  expect(board.edit([{ op: 'remove', ids: ['t0'] }])).toMatchObject({ ok: true });
});

test('the outline tells the elements from the bottom to the top, a label with what it labels', () => {
  const board = createBoard();
  const at = { x: 0, y: 0, width: 9, height: 9 };
  const boundElements = [{ id: 'label', type: 'text' }];
  const elements = [
    { id: 'free', type: 'text', ...at, text: 'Free', index: 'a5' },
    { id: 'box', type: 'rectangle', ...at, boundElements, index: 'a1' },
    { id: 'label', type: 'text', ...at, text: 'La\nbel', originalText: 'Label', containerId: 'box', index: 'a2' },
    { id: 'frame', type: 'frame', ...at, name: 'Frame', index: 'a0' },
  ];
  board.edit(elements.map((element) => ({ op: 'put', element })));
  expect(boardOutline(board.state)).toEqual([
    { id: 'frame', type: 'frame', text: 'Frame' },
    { id: 'box', type: 'rectangle', text: 'Label' },
    { id: 'free', type: 'text', text: 'Free' },
  ]);
});
