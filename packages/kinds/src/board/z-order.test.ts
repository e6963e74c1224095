import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBoard } from '../testing/board.ts';
import { isOrderKey, ZOrder } from './z-order.ts';

test('a wish that is valid and free is granted', () => {
  expect(new ZOrder(['a0', 'a2']).place('a1')).toBe('a1');
});

test('of two equal wishes the later one comes directly above the earlier one', () => {
  const order = new ZOrder(['a0', 'a1', 'a2']);
  const second = order.place('a1');
  expect(second > 'a1' && second < 'a2').toBe(true);
  const third = order.place('a1');
  expect(third > 'a1' && third < second).toBe(true);
});

test.each([
  null,
  '',
  'a',
  'a00',
  '1',
  'a0\0',
  'é0',
  '__proto__',
  'zzzzzzzzzzzzzzzzzzzzzzzzzzzz',
  'A0',
  `a0${'V'.repeat(63)}`,
])('no wish, or the malformed one %j, goes on top', (wish) => {
  expect(new ZOrder(['a0', 'a5', 'a1']).place(wish)).toBe('a6');
});

test('a key that was given back can be had again', () => {
  const order = new ZOrder(['a0', 'a1']);
  order.release('a1');
  order.release('never-there');
  expect(order.place('a1')).toBe('a1');
});

test('keys stay short however often the same place is asked for', () => {
  const order = new ZOrder(['a0', 'a1']);
  for (let round = 0; round < 3_000; round += 1) expect(order.place('a0').length).toBeLessThanOrEqual(64);
});

test('any wishes at all lead to keys that are valid and all different', () => {
  const wish = fc.oneof(fc.constant(null), fc.string(), fc.constantFrom('a0', 'a1', 'a0V', 'Zz', 'hzzzzzzzz', 'b00'));
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
      const order = new ZOrder([]);
      const keys = wishes.map((one) => order.place(one));
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});

test('what the library makes is valid', () => {
  for (const key of ['a0', 'a0V', 'Zz', 'b00', 'c000', 'Zz0V']) expect([key, isOrderKey(key)]).toEqual([key, true]);
});

describe('on a board', () => {
  const shape = (id: string, index: string | null) => ({
    op: 'put',
    element: { id, type: 'rectangle', x: 0, y: 0, width: 5, height: 5, index },
  });

  test('two people who draw at once with the same key get two, and the second one is told', () => {
    const board = createBoard();
    board.edit([shape('a', 'a0')]);
    const outcome = board.edit([shape('b', 'a0')]);
    expect(outcome).toMatchObject({ ok: true, diff: { element: { b: ['put', { index: 'a1' }] } } });
  });

  test('an element can be sent to another place, and keeps its own when it asks for none', () => {
    const board = createBoard();
    board.edit([shape('a', 'a0'), shape('b', 'a1')]);
    const toBack = board.edit([{ op: 'set', id: 'b', props: { index: 'Zz' } }]);
    expect(toBack).toMatchObject({ diff: { element: { b: ['patch', { index: ['set', 'Zz'] }] } } });
    expect(board.edit([{ op: 'set', id: 'b', props: { index: null } }])).toMatchObject({ ok: true, diff: {} });
    expect(board.edit([{ op: 'set', id: 'b', props: { index: 'Zz' } }])).toMatchObject({ ok: true, diff: {} });
  });

  test('a place that is free only because of the same command is granted', () => {
    const board = createBoard();
    board.edit([shape('a', 'a0'), shape('b', 'a1')]);
    board.edit([
      { op: 'set', id: 'a', props: { index: 'a2' } },
      { op: 'set', id: 'b', props: { index: 'a0' } },
    ]);
    expect(board.state.get('element', 'b')?.index).toBe('a0');
    board.edit([shape('c', null), { op: 'remove', ids: ['b'] }, shape('d', 'a0')]);
    expect(board.state.get('element', 'd')?.index).toBe('a0');
  });
});
