import { describe, expect, test } from 'vitest';
import { boardWith, demandOk } from '../testing/board.ts';
import { shape, stroke } from '../testing/shape.ts';

describe('locked elements', () => {
  const edits = [
    { op: 'set', id: 'a', props: { x: 1 } },
    { op: 'set', id: 'a', props: { frameId: 'a', groupIds: ['g'] } },
    { op: 'put', element: shape('a', { x: 1, locked: true }) },
    { op: 'move', ids: ['a'], dx: 1, dy: 1 },
    { op: 'move', ids: ['b', 'a'], dx: 1, dy: 1 },
    { op: 'remove', ids: ['a'] },
    { op: 'remove', ids: ['b', 'a'] },
  ];
  const refusal = { ok: false, code: 'forbidden', message: 'An owner has locked this element.' };

  test.each(edits)('are changed ($op) by an owner only, and an editor is told why not', (op) => {
    const board = boardWith(shape('a'), shape('b'));
    demandOk(board.send({ name: 'lock', input: { ids: ['a'], locked: true } }));
    const before = board.state.toJson();
    expect(board.edit([op], { role: 'editor' })).toMatchObject(refusal);
    expect(board.edit([{ op: 'move', ids: ['b'], dx: 1, dy: 1 }, op], { role: 'editor' })).toMatchObject(refusal);
    expect(board.state.toJson()).toEqual(before);
    expect(board.edit([op], { role: 'owner' })).toMatchObject({ ok: true });
  });

  test("are an editor's again when they are unlocked", () => {
    const board = boardWith(shape('a', { locked: true }));
    demandOk(board.send({ name: 'lock', input: { ids: ['a'], locked: false } }));
    expect(board.edit(edits.slice(0, 1), { role: 'editor' })).toMatchObject({ ok: true });
  });

  test('do not grow under an editor', () => {
    const board = boardWith({ ...stroke('a', [[0, 0]]), locked: true });
    const append = { op: 'append', id: 'a', n: 1, points: [[1, 1]] };
    expect(board.edit([append], { role: 'editor' })).toMatchObject(refusal);
    expect(board.edit([append], { role: 'owner' })).toMatchObject({ ok: true });
  });

  test('keep their place, and take what an editor binds to them', () => {
    const board = boardWith(shape('a', { locked: true, index: 'a0' }));
    const arrow = {
      id: 'arrow',
      type: 'arrow',
      x: 0,
      y: 0,
      points: [
        [0, 0],
        [9, 9],
      ],
    };
    const boundElements = [{ id: 'arrow', type: 'arrow' }];
    const ops = [
      { op: 'put', element: arrow },
      { op: 'set', id: 'a', props: { boundElements, index: 'a9' } },
    ];
    demandOk(board.edit(ops, { role: 'editor' }));
    expect(board.state.get('element', 'a')).toMatchObject({ boundElements, index: 'a0' });
  });

  test('are locked and unlocked by an owner only, and an editor is told so', () => {
    const board = boardWith(shape('a'), shape('locked', { locked: true }));
    const lock = (id: string, locked: boolean) => ({ op: 'set', id, props: { locked } });
    const told = { ok: false, code: 'forbidden', message: 'Only an owner can lock and unlock elements.' };
    for (const op of [lock('a', true), lock('locked', false), { op: 'put', element: shape('b', { locked: true }) }]) {
      expect(board.edit([op], { role: 'editor' })).toMatchObject(told);
      expect(board.edit([op], { role: 'owner' })).toMatchObject({ ok: true });
    }
  });

  test('lock and clear tell an editor that the role does not allow them', () => {
    const board = boardWith(shape('a'));
    const told = { ok: false, code: 'forbidden', message: 'Your role does not allow this.' };
    for (const locked of [true, false]) {
      expect(board.send({ name: 'lock', input: { ids: ['a'], locked } }, { role: 'editor' })).toMatchObject(told);
    }
    expect(board.send({ name: 'clear', input: {} }, { role: 'editor' })).toMatchObject(told);
    expect(board.state.get('element', 'a')).toMatchObject({ locked: false });
  });

  test("clear takes them too: it is the owner's", () => {
    const board = boardWith(shape('a', { locked: true }));
    demandOk(board.send({ name: 'clear', input: {} }));
    expect(board.state.size('element')).toBe(0);
  });
});
