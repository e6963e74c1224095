import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBoard } from '../testing/board.ts';
import { createRandom, elementTypes, validElement } from '../testing/index.ts';
import { canonicalElement } from './canonical.ts';
import { diffElement, foldMoves } from './difference.ts';
import type { BoardElement } from './element.ts';
import type { BoardOp } from './operation.ts';

function canonical(raw: unknown): BoardElement {
  const made = canonicalElement(raw);
  if (made === null) throw new Error('This element is not worth sending.');
  return made;
}

function element(type: string, changes: object = {}): BoardElement {
  return canonical({ ...validElement(createRandom(7), 'one', type), ...changes });
}

/** What a board holds after it had `before` and was sent `ops`. */
function applied(before: BoardElement, ops: readonly BoardOp[]): BoardElement {
  const board = createBoard();
  for (const command of [[{ op: 'put', element: before }], ops]) {
    const outcome = command.length === 0 ? { ok: true } : board.edit(command);
    expect(outcome).toMatchObject({ ok: true });
  }
  return canonical(board.state.get('element', before.id));
}

const seeds = fc.integer();

test('applying the difference of any two elements of a type makes the one out of the other', () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom(...elementTypes), (seed, type) => {
      const random = createRandom(seed);
      const [before, after] = [validElement(random, 'one', type), validElement(random, 'one', type)].map(canonical);
      if (before === undefined || after === undefined) return;
      expect({ ...applied(before, diffElement(before, after)), index: null }).toEqual(after);
      expect(diffElement(before, before)).toEqual([]);
    }),
  );
});

test('applying the difference of a few properties changes those alone', () => {
  fc.assert(
    fc.property(seeds, seeds, fc.constantFrom(...elementTypes), (seed, few, type) => {
      const random = createRandom(seed);
      const before = canonical(validElement(random, 'one', type));
      const other = validElement(random, 'one', type);
      const chance = createRandom(few);
      const some = Object.fromEntries(Object.entries(other).filter(() => chance.once(6)));
      const after = canonicalElement({ ...before, ...some });
      fc.pre(after !== null);
      expect({ ...applied(before, diffElement(before, after)), index: null }).toEqual(after);
    }),
  );
});

describe('the least that is sent', () => {
  test('a new element is put', () => {
    const after = element('ellipse');
    expect(diffElement(undefined, after)).toEqual([{ op: 'put', element: after }]);
  });

  test('a new position is a move, for lines and texts too', () => {
    for (const type of elementTypes) {
      const before = element(type, { x: 10.1, y: 20 });
      expect(diffElement(before, { ...before, x: 10.3, y: -5 })).toEqual([
        { op: 'move', ids: ['one'], dx: 0.2, dy: -25 },
      ]);
    }
  });

  test('a new colour is that colour alone', () => {
    const before = element('arrow');
    expect(diffElement(before, { ...before, strokeColor: 'blue' })).toEqual([
      { op: 'set', id: 'one', props: { strokeColor: 'blue' } },
    ]);
  });

  test('a stroke that grew sends its new end, and where that begins', () => {
    const before = element('freedraw', {
      points: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      pressures: [0.1, 0.2, 0.3],
    });
    const after = canonical({
      ...before,
      points: [
        [0, 0],
        [1, 1],
        [3, 3],
        [4, 4],
      ],
      pressures: [0.1, 0.2, 0.4, 0.5],
    });
    expect(diffElement(before, after)).toEqual([
      {
        op: 'append',
        id: 'one',
        n: 2,
        points: [
          [3, 3],
          [4, 4],
        ],
        pressures: [0.4, 0.5],
      },
    ]);
  });

  test('a line whose points changed sends its whole geometry and nothing else', () => {
    const before = element('line', {
      points: [
        [0, 0],
        [5, 5],
      ],
    });
    const [op] = diffElement(
      before,
      canonical({
        ...before,
        points: [
          [0, 0],
          [6, 5],
        ],
      }),
    );
    const geometry = ['endBinding', 'height', 'points', 'startBinding', 'width', 'x', 'y'];
    expect(op?.op === 'set' && Object.keys(op.props).toSorted()).toEqual(geometry);
  });

  test('a text that was typed on sends what its size depends on', () => {
    const before = element('text');
    const [op] = diffElement(before, canonical({ ...before, text: 'more', originalText: 'more' }));
    const group = ['fontFamily', 'fontSize', 'height', 'lineHeight', 'originalText', 'text', 'width'];
    expect(op?.op === 'set' && Object.keys(op.props).toSorted()).toEqual(group);
  });

  test('an element without an index keeps the one it has', () => {
    const before = { ...element('diamond'), index: 'a5' };
    expect(diffElement(before, { ...before, index: null })).toEqual([]);
    expect(diffElement(before, { ...before, index: 'a6' })).toEqual([{ op: 'set', id: 'one', props: { index: 'a6' } }]);
  });
});

describe('folding moves', () => {
  const move = (id: string, dx: number): BoardOp => ({ op: 'move', ids: [id], dx, dy: 0 });

  test('moves by the same distance become one', () => {
    expect(foldMoves([move('a', 1), move('b', 2), move('c', 1)])).toEqual([
      { op: 'move', ids: ['a', 'c'], dx: 1, dy: 0 },
      move('b', 2),
    ]);
  });

  test('a move stays behind what it needs, and a second one of the same element is kept', () => {
    const put: BoardOp = { op: 'put', element: element('ellipse', { id: 'b' }) };
    expect(foldMoves([move('a', 1), put, move('b', 1)])).toEqual([move('a', 1), put, move('b', 1)]);
    expect(foldMoves([move('a', 1), move('a', 1)])).toEqual([move('a', 1), move('a', 1)]);
  });
});
