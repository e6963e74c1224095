import { describe, expect, test } from 'vitest';
import { boardWith, demandOk } from '../testing/board.ts';
import { line, stroke } from '../testing/shape.ts';

describe('append', () => {
  test('keeps the first points, adds the new ones and derives the size', () => {
    const board = boardWith(
      stroke('a', [
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    );
    const diff = demandOk(board.edit([{ op: 'append', id: 'a', n: 2, points: [[10, 3.001]] }]));
    expect(diff).toEqual({
      element: { a: ['patch', { points: ['append', [[10, 3]], 2], width: ['set', 10], height: ['set', 3] }] },
    });
    expect(board.state.get('element', 'a')?.points).toEqual([
      [0, 0],
      [1, 1],
      [10, 3],
    ]);
  });

  test('keeps one pressure for each point', () => {
    const board = boardWith(
      stroke(
        'a',
        [
          [0, 0],
          [1, 1],
        ],
        [0.1, 0.2],
      ),
    );
    demandOk(board.edit([{ op: 'append', id: 'a', n: 1, points: [[2, 2]], pressures: [0.9] }]));
    expect(board.state.get('element', 'a')?.pressures).toEqual([0.1, 0.9]);
    const crooked = [
      { op: 'append', id: 'a', n: 1, points: [[2, 2]] },
      { op: 'append', id: 'a', n: 2, points: [[2, 2]], pressures: [0.1, 0.2] },
    ];
    expect(board.edit(crooked.slice(0, 1))).toMatchObject({ code: 'invalid' });
    expect(board.edit(crooked)).toMatchObject({ code: 'invalid' });
  });

  test('mixes with other changes of the stroke in one command, in their order', () => {
    const board = boardWith(
      stroke('a', [
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    );
    const diff = demandOk(
      board.edit([
        { op: 'append', id: 'a', n: 3, points: [[9, 0]] },
        { op: 'set', id: 'a', props: { opacity: 7 } },
        { op: 'move', ids: ['a'], dx: 1, dy: 1 },
        { op: 'append', id: 'a', n: 2, points: [[4, 5.001]] },
      ]),
    );
    expect(diff.element?.a).toMatchObject(['patch', { points: ['append', [[4, 5]], 2], opacity: ['set', 7] }]);
    expect(board.state.get('element', 'a')).toMatchObject({ width: 4, height: 5 });
    demandOk(
      board.edit([
        { op: 'append', id: 'a', n: 3, points: [[50, 0]] },
        {
          op: 'set',
          id: 'a',
          props: {
            points: [
              [0, 0],
              [3, 3],
            ],
          },
        },
        { op: 'append', id: 'a', n: 2, points: [[6, 6]] },
      ]),
    );
    expect(board.state.get('element', 'a')).toMatchObject({
      points: [
        [0, 0],
        [3, 3],
        [6, 6],
      ],
      width: 6,
    });
  });

  test('can be given its pressures in the same command', () => {
    const board = boardWith(stroke('a', [[0, 0]]));
    const append = { op: 'append', id: 'a', n: 1, points: [[1, 1]] };
    demandOk(board.edit([append, { op: 'set', id: 'a', props: { pressures: [0.1, 0.2] } }]));
    expect(board.state.get('element', 'a')).toMatchObject({ pressures: [0.1, 0.2] });
    const again = { ...append, n: 2, pressures: [0.3] };
    demandOk(board.edit([again, { op: 'set', id: 'a', props: { pressures: [0.7, 0.8, 0.9] } }]));
    expect(board.state.get('element', 'a')).toMatchObject({ pressures: [0.7, 0.8, 0.9] });
  });

  test('is a conflict when the beginning is not there, and ends at 5,000 points', () => {
    const board = boardWith({ ...stroke('a', [[0, 0]]), fillStyle: 'solid' });
    expect(board.edit([{ op: 'append', id: 'a', n: 2, points: [[2, 2]] }])).toMatchObject({ code: 'conflict' });
    const points = Array.from({ length: 5_000 }, () => [1, 1]);
    expect(board.edit([{ op: 'append', id: 'a', n: 1, points }])).toMatchObject({ code: 'invalid' });
    expect(board.edit([{ op: 'append', id: 'a', n: 0, points }])).toMatchObject({ ok: true });
  });

  test('is for strokes', () => {
    const board = boardWith(line('a'));
    expect(board.edit([{ op: 'append', id: 'a', n: 1, points: [[2, 2]] }])).toMatchObject({ code: 'invalid' });
  });
});
