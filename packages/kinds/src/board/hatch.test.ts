import { describe, expect, test } from 'vitest';
import { boardWith, createBoard, demandOk } from '../testing/board.ts';
import { countLooks } from '../testing/counted-board.ts';
import { comb } from '../testing/extreme-outline.ts';
import { createRandom, validElement } from '../testing/index.ts';
import { shape } from '../testing/shape.ts';
import { bounds } from './bounds.ts';
import { canonicalElement } from './canonical.ts';
import { checkElement } from './check.ts';
import { hatchWork } from './hatch.ts';

const hatched = { backgroundColor: '#ff0000', fillStyle: 'cross-hatch', strokeWidth: 1 };

function drawn(type: string, points: readonly number[][], changes: object = {}): object {
  const pressures = type === 'freedraw' ? { pressures: [] } : {};
  return { ...validElement(createRandom(1), 'a', type), ...pressures, ...hatched, roundness: null, points, ...changes };
}

function workOf(raw: object): number {
  const checked = checkElement(raw);
  if (!checked.ok) throw new Error(checked.sentence);
  return hatchWork(checked.element);
}

describe('one element', () => {
  test.each([
    ['a large comb', drawn('line', comb(1_000, 10_000))],
    ['one with wide gaps', drawn('line', comb(1_000, 10_000), { strokeWidth: 32, fillStyle: 'hachure' })],
    ['a small round one', drawn('line', comb(1_000, 20), { roundness: { type: 2 } })],
    ['a small scribble', drawn('freedraw', comb(5_000, 20), { fillStyle: 'zigzag' })],
  ])('%s is too much to hatch, and becomes solid where it is drawn', (_, element) => {
    const sentence = expect.stringMatching(/^This shape is too large for a hatched fill\./);
    expect(checkElement(element)).toEqual({ ok: false, sentence });
    const solid = { ...element, fillStyle: 'solid' };
    expect(checkElement(solid)).toMatchObject({ ok: true });
    expect(canonicalElement(element)).toEqual(canonicalElement(solid));
  });

  test.each(['rectangle', 'diamond', 'ellipse'])('a %s may be 10,000 wide and high, whatever its fill', (type) => {
    for (const fillStyle of ['hachure', 'cross-hatch', 'zigzag', 'solid']) {
      const large = { ...shape('a', { ...hatched, fillStyle, width: 10_000, height: 10_000 }), type };
      expect(checkElement(large)).toMatchObject({ ok: true });
      const larger = { ...large, height: 10_001 };
      expect(checkElement(larger)).toMatchObject({ ok: fillStyle === 'solid' });
      expect(canonicalElement(larger)).toMatchObject({ fillStyle: 'solid', height: 10_001 });
    }
  });

  test('only what is filled counts: a loop, with a colour, in strokes', () => {
    const open = [...comb(1_000, 9_000).slice(0, -1), [0, 9]];
    expect(workOf(drawn('line', open))).toBe(0);
    expect(
      workOf(
        drawn('line', [
          [0, 0],
          [4, 0],
        ]),
      ),
    ).toBe(0);
    expect(workOf(drawn('arrow', comb(1_000, 9_000)))).toBe(0);
    expect(workOf(drawn('line', comb(1_000, 9_000), { backgroundColor: 'transparent' }))).toBe(0);
    expect(workOf(drawn('line', comb(1_000, 9_000), { fillStyle: 'solid' }))).toBe(0);
    expect(checkElement(drawn('line', [...open.slice(0, -1), [0, 8]]))).toMatchObject({ ok: false });
  });

  test('the work grows with the outline and the passes, and less with the gap', () => {
    const work = (side: number, changes: object = {}) => workOf(drawn('line', comb(30, side), changes));
    expect(work(800) / work(400)).toBeCloseTo(2);
    expect(work(400) / work(400, { fillStyle: 'hachure' })).toBeCloseTo(2);
    expect(work(400) / work(400, { strokeWidth: 32 })).toBeGreaterThan(4);
    expect(work(400) / work(400, { strokeWidth: 32 })).toBeLessThan(8);
  });

  test('a stroke that closes while it grows is refused hatched, and accepted solid', () => {
    const board = boardWith({ ...drawn('freedraw', comb(2_000, 50).slice(0, -1)) });
    const close = { op: 'append', id: 'a', n: 1_999, points: [[0, 0]] };
    expect(board.edit([close])).toMatchObject({ ok: false, code: 'invalid' });
    demandOk(board.edit([close, { op: 'set', id: 'a', props: { fillStyle: 'solid' } }]));
    expect(board.edit([{ op: 'set', id: 'a', props: { fillStyle: 'hachure' } }])).toMatchObject({ code: 'invalid' });
  });

  test.each([
    ['strokes closer together', comb(300, 700), { strokeWidth: 1 }],
    ['another fill', comb(300, 700), { fillStyle: 'cross-hatch', strokeWidth: 2 }],
    ['a rounder outline', comb(1_000, 20), { roundness: { type: 2 } }],
  ])('%s can be too much for what is there', (_, points, props) => {
    const board = boardWith(drawn('line', points, { fillStyle: 'hachure', strokeWidth: 32 }));
    expect(board.edit([{ op: 'set', id: 'a', props }])).toMatchObject({ ok: false, code: 'invalid' });
    expect(board.edit([{ op: 'set', id: 'a', props: { ...props, backgroundColor: 'transparent' } }]).ok).toBe(true);
    expect(board.edit([{ op: 'set', id: 'a', props: { backgroundColor: 'red' } }])).toMatchObject({ code: 'invalid' });
  });

  test('a change that is not about the fill looks at no point', () => {
    const { state } = boardWith(drawn('freedraw', comb(500, 50)));
    const ops = [{ op: 'set', id: 'a', props: { opacity: 5, strokeColor: 'red', x: 7 } }];
    expect(countLooks(state, ops).points).toBe(0);
  });
});

describe('the board', () => {
  const large = (at: number) => ({
    op: 'put',
    element: shape(`r${at}`, { ...hatched, roundness: null, width: 10_000, height: 10_000 }),
  });
  const most = Math.floor(bounds.hatchWork.board / workOf(large(0).element));

  test('takes large hatched shapes up to a bound, and then still what makes it less', () => {
    const board = createBoard();
    demandOk(board.edit(Array.from({ length: most }, (_, at) => large(at))));
    const outcome = board.edit([large(most)]);
    expect(outcome).toMatchObject({ ok: false, code: 'limit', message: expect.stringContaining('too much hatching') });
    const solid = { op: 'set', id: 'r0', props: { fillStyle: 'solid' } };
    expect(board.edit([{ op: 'set', id: 'r0', props: { opacity: 3, height: 9_000 } }])).toMatchObject({ ok: true });
    expect(board.edit([large(most), solid])).toMatchObject({ ok: true });
    expect(board.edit([{ op: 'set', id: 'r0', props: { fillStyle: 'cross-hatch' } }])).toMatchObject({ code: 'limit' });
    expect(board.edit([{ op: 'remove', ids: ['r1'] }])).toMatchObject({ ok: true });
  });

  test('does not count the usual small shapes, and goes through the board for large ones only', () => {
    const small = { op: 'set', id: 'r1', props: { width: 200, height: 100, strokeWidth: 2, fillStyle: 'hachure' } };
    const { state } = boardWith(...[0, 1, 2].map((at) => ({ ...large(at).element, fillStyle: 'solid' })));
    expect(countLooks(state, [small]).records.element).toBe(0);
    expect(countLooks(state, [{ op: 'set', id: 'r1', props: { fillStyle: 'hachure' } }]).records.element).toBe(3);
  });
});
