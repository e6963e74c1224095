import { describe, expect, test } from 'vitest';
import { boardWith, demandOk } from '../testing/board.ts';
import { shape, stroke } from '../testing/shape.ts';

describe('locked elements', () => {
  const edits = [
    { op: 'set', id: 'a', props: { x: 1 } },
    { op: 'set', id: 'a', props: { locked: false } },
    { op: 'put', element: shape('a', { x: 1 }) },
    { op: 'move', ids: ['a'], dx: 1, dy: 1 },
    { op: 'remove', ids: ['a'] },
  ];

  test.each(edits)('are changed ($op) by an owner only', (op) => {
    const board = boardWith(shape('a', { locked: true }));
    expect(board.edit([op], { role: 'editor' })).toMatchObject({ ok: false, code: 'forbidden' });
    expect(board.edit([op], { role: 'owner' })).toMatchObject({ ok: true });
  });

  test('do not grow under an editor', () => {
    const board = boardWith({ ...stroke('a', [[0, 0]]), locked: true });
    const append = { op: 'append', id: 'a', n: 1, points: [[1, 1]] };
    expect(board.edit([append], { role: 'editor' })).toMatchObject({ ok: false, code: 'forbidden' });
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

  test('are locked by an owner only', () => {
    const board = boardWith(shape('a'));
    const ops = [{ op: 'set', id: 'a', props: { locked: true } }];
    expect(board.edit(ops, { role: 'editor' })).toMatchObject({ code: 'forbidden' });
    expect(board.edit([{ op: 'put', element: shape('b', { locked: true }) }], { role: 'editor' }).ok).toBe(false);
  });
});
