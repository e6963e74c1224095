import { describe, expect, test } from 'vitest';
import { boardWith, createBoard, demandOk } from '../testing/board.ts';
import { line, shape, stroke } from '../testing/shape.ts';
import { boardKind } from './board-kind.ts';

describe('put', () => {
  test('adds an element with the defaults of what it leaves out', () => {
    const board = boardWith({ id: 'a', type: 'text', x: 1, y: 2, text: 'Hello' });
    expect(board.state.get('element', 'a')).toMatchObject({ originalText: 'Hello', fontFamily: 5, opacity: 100 });
  });

  test('of an id that is there replaces the values of an element of the same type, and keeps its place', () => {
    const board = boardWith(shape('a', { opacity: 10 }), shape('b'));
    const diff = demandOk(board.edit([{ op: 'put', element: shape('a', { opacity: 20 }) }]));
    expect(diff).toEqual({ element: { a: ['patch', { opacity: ['set', 20] }] } });
  });

  test('of an id that belongs to another type is a conflict', () => {
    const board = boardWith(shape('a'));
    const put = { op: 'put', element: stroke('a', [[0, 0]]) };
    expect(board.edit([put])).toMatchObject({ ok: false, code: 'conflict' });
  });

  test('brings back an id that was removed', () => {
    const board = boardWith(shape('a'));
    demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
    demandOk(board.edit([{ op: 'put', element: shape('a', { opacity: 7 }) }]));
    expect(board.state.get('element', 'a')).toMatchObject({ opacity: 7 });
    expect(board.state.size('tombstone')).toBe(0);
  });
});

describe('set', () => {
  test('merges what two people change at once, property by property', () => {
    const board = boardWith(shape('a'));
    demandOk(board.edit([{ op: 'set', id: 'a', props: { x: 50 } }]));
    demandOk(board.edit([{ op: 'set', id: 'a', props: { strokeColor: 'red' } }]));
    expect(board.state.get('element', 'a')).toMatchObject({ x: 50, strokeColor: 'red' });
  });

  test('tells only what changed', () => {
    const board = boardWith(shape('a', { x: 5 }));
    const diff = demandOk(board.edit([{ op: 'set', id: 'a', props: { x: 5.001, y: 9 } }]));
    expect(diff).toEqual({ element: { a: ['patch', { y: ['set', 9] }] } });
  });

  test('is refused when the element as a whole would break a rule', () => {
    const board = boardWith(shape('a', { backgroundColor: 'red', fillStyle: 'solid', width: 20_000 }));
    const outcome = board.edit([{ op: 'set', id: 'a', props: { fillStyle: 'hachure' } }]);
    expect(outcome).toMatchObject({ ok: false, code: 'invalid' });
  });

  test('is judged by what the command leaves, not on the way there', () => {
    const board = boardWith(shape('a', { backgroundColor: 'red', fillStyle: 'solid', width: 20_000 }));
    const [hatch, shrink] = [{ fillStyle: 'hachure' }, { width: 9_000 }].map((props) => ({
      op: 'set',
      id: 'a',
      props,
    }));
    expect(board.edit([hatch, { op: 'remove', ids: ['a'] }])).toMatchObject({ ok: false, code: 'invalid' });
    demandOk(board.edit([hatch, shrink]));
    expect(board.state.get('element', 'a')).toMatchObject({ width: 9_000, fillStyle: 'hachure' });
  });

  test('never says that a line has another size than its points', () => {
    const board = boardWith(
      stroke('a', [
        [0, 0],
        [7, 5],
      ]),
    );
    expect(demandOk(board.edit([{ op: 'set', id: 'a', props: { width: 1, height: 1 } }]))).toEqual({});
  });

  test('never changes an id, a type or what another type has', () => {
    const board = boardWith(shape('a'));
    for (const props of [{ id: 'b' }, { type: 'iframe' }, { text: 'x' }, { customData: {} }]) {
      expect(board.edit([{ op: 'set', id: 'a', props }])).toMatchObject({ ok: false, code: 'invalid' });
    }
  });

  test('derives the size of a line from its points', () => {
    const board = boardWith(line('a'));
    demandOk(
      board.edit([
        {
          op: 'set',
          id: 'a',
          props: {
            points: [
              [0, 0],
              [40, -2],
            ],
            width: 3,
          },
        },
      ]),
    );
    expect(board.state.get('element', 'a')).toMatchObject({ width: 40, height: 2 });
  });
});

describe('move', () => {
  test('adds up what several people do, each element once', () => {
    const board = boardWith(shape('a', { x: 1 }), shape('b', { x: 2 }));
    demandOk(board.edit([{ op: 'move', ids: ['a', 'b', 'a'], dx: 0.1, dy: -3 }]));
    demandOk(board.edit([{ op: 'move', ids: ['a'], dx: 0.2, dy: 0 }]));
    expect(board.state.get('element', 'a')).toMatchObject({ x: 1.3, y: -3 });
    expect(board.state.get('element', 'b')).toMatchObject({ x: 2.1, y: -3 });
  });

  test('does not leave the board', () => {
    const board = boardWith(shape('a'));
    expect(board.edit([{ op: 'move', ids: ['a'], dx: 1_000_000.01, dy: 0 }])).toMatchObject({ code: 'invalid' });
  });
});

describe('remove and restore', () => {
  const edits = [
    { op: 'set', id: 'a', props: { x: 1 } },
    { op: 'move', ids: ['a'], dx: 1, dy: 1 },
    { op: 'append', id: 'a', n: 1, points: [[1, 1]] },
    { op: 'remove', ids: ['a'] },
  ];

  test.each(edits)('an edit ($op) of what was just removed does nothing and is no error', (op) => {
    const board = boardWith(stroke('a', [[0, 0]]));
    demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
    expect(demandOk(board.edit([op], { now: 59_000 }))).toEqual({});
    expect(board.state.get('element', 'a')).toBeUndefined();
  });

  test.each(edits.slice(0, 3))('an edit ($op) of what nobody knows, or not any more, is unknown', (op) => {
    const board = boardWith(stroke('a', [[0, 0]]), shape('b'));
    demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
    expect(board.edit([op], { now: 60_000 })).toMatchObject({ ok: false, code: 'unknown' });
    expect(createBoard().edit([op])).toMatchObject({ ok: false, code: 'unknown' });
  });

  test('what is unknown can be put again, by everybody whose edit met it', () => {
    const board = boardWith(shape('a', { opacity: 5 }));
    demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
    const edit = { op: 'set', id: 'a', props: { opacity: 9 } };
    const told = { ok: false, code: 'unknown', message: 'This element is not on the board any more.' };
    expect(board.edit([edit], { now: 60_000 })).toMatchObject(told);
    demandOk(board.edit([{ op: 'put', element: shape('a', { opacity: 9 }) }], { now: 60_000, role: 'editor' }));
    demandOk(board.edit([{ op: 'put', element: shape('a', { x: 7, opacity: 9 }) }], { now: 60_000, role: 'editor' }));
    expect(board.state.get('element', 'a')).toMatchObject({ x: 7, opacity: 9 });
    expect(board.state.size('tombstone')).toBe(0);
  });

  test('a removal is seen as one, and its tombstone stays hidden', () => {
    const board = boardWith(shape('a'));
    expect(demandOk(board.edit([{ op: 'remove', ids: ['a', 'nobody-knows'] }])).element).toEqual({ a: ['del'] });
    expect(board.state.toJson(boardKind.hidden)).toEqual({ element: {}, meta: {} });
  });

  test('restore brings an element back as it was, to its old place', () => {
    const board = boardWith(shape('a', { opacity: 33 }), shape('b'));
    const before = board.state.get('element', 'a');
    demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
    demandOk(board.edit([{ op: 'restore', ids: ['a', 'b'] }], { now: 59_000 }));
    expect(board.state.get('element', 'a')).toEqual(before);
    expect(board.state.size('tombstone')).toBe(0);
    expect(board.edit([{ op: 'restore', ids: ['a'] }])).toMatchObject({ ok: true, diff: {} });
  });

  test('what a command adds and removes leaves a tombstone, with a place that can be granted', () => {
    const board = boardWith(shape('b'));
    const index = 'x'.repeat(200_000);
    demandOk(
      board.edit([
        { op: 'put', element: shape('a', { index }) },
        { op: 'remove', ids: ['a'] },
      ]),
    );
    expect(board.state.get('tombstone', 'a')).toMatchObject({ index: null });
    expect(demandOk(board.edit([{ op: 'move', ids: ['a'], dx: 1, dy: 0 }]))).toEqual({});
    demandOk(board.edit([{ op: 'restore', ids: ['a'] }]));
    expect(board.state.get('element', 'a')).toMatchObject({ index: 'a1' });
  });

  test('an id that is removed can be of another type in the same command, and nothing refers to the old one', () => {
    const frame = { id: 'a', type: 'frame', x: 0, y: 0, width: 9, height: 9 };
    const board = boardWith(frame, shape('b', { frameId: 'a' }));
    demandOk(
      board.edit([
        { op: 'remove', ids: ['a'] },
        { op: 'put', element: shape('a') },
      ]),
    );
    expect(board.state.get('element', 'a')).toMatchObject({ type: 'rectangle' });
    expect(board.state.get('element', 'b')).toMatchObject({ frameId: null });
  });

  test('restore is unknown after a minute, and the tombstone is gone', () => {
    const board = boardWith(shape('a'), shape('b'));
    demandOk(board.edit([{ op: 'remove', ids: ['a'] }]));
    expect(board.edit([{ op: 'restore', ids: ['a'] }], { now: 61_000 })).toMatchObject({ code: 'unknown' });
    demandOk(board.edit([{ op: 'move', ids: ['b'], dx: 1, dy: 0 }], { now: 61_000 }));
    expect(board.state.size('tombstone')).toBe(0);
  });

  test('removing never makes a room bigger, so a full one can be emptied', () => {
    const board = boardWith(shape('a'), { id: 'b', type: 'text', x: 0, y: 0, text: 'a' });
    const before = board.state.bytes;
    demandOk(board.edit([{ op: 'remove', ids: ['a', 'b'] }], { now: Date.UTC(2_200, 0, 1) }));
    expect(board.state.bytes).toBeLessThan(before);
  });
});

describe('the command', () => {
  test('is atomic: one wrong operation undoes the others', () => {
    const board = boardWith(shape('a'));
    const before = board.state.toJson();
    const ops = [
      { op: 'set', id: 'a', props: { x: 9 } },
      { op: 'put', element: shape('b') },
      { op: 'restore', ids: ['x'] },
    ];
    expect(board.edit(ops)).toMatchObject({ ok: false, code: 'unknown' });
    expect(board.state.toJson()).toEqual(before);
  });

  test('has at most 500 operations and 256 KiB', () => {
    const board = boardWith(shape('a'));
    const move = { op: 'move', ids: ['a'], dx: 1, dy: 0 };
    expect(board.edit(Array.from({ length: 500 }, () => move)).ok).toBe(true);
    expect(board.edit(Array.from({ length: 501 }, () => move))).toMatchObject({ code: 'invalid' });
    const text = (id: string) => ({ op: 'put', element: { id, type: 'text', x: 0, y: 0, text: 'ä'.repeat(9_000) } });
    expect(board.edit(Array.from({ length: 6 }, (_, at) => text(`t${at}`))).ok).toBe(true);
    expect(board.edit(Array.from({ length: 16 }, (_, at) => text(`u${at}`)))).toMatchObject({ code: 'invalid' });
  });

  test('is for editors', () => {
    const put = [{ op: 'put', element: shape('a') }];
    expect(createBoard().edit(put, { role: 'editor' }).ok).toBe(true);
    expect(createBoard().edit(put, { role: 'commenter' })).toMatchObject({ code: 'forbidden' });
    expect(createBoard().edit(put, { role: 'viewer' })).toMatchObject({ code: 'forbidden' });
  });

  test('refuses a name from Object.prototype in a patch', () => {
    const board = boardWith(shape('a'));
    const props: unknown = JSON.parse('{"opacity":1,"__proto__":{"isAdmin":true}}');
    expect(board.edit([{ op: 'set', id: 'a', props }])).toMatchObject({ ok: false, code: 'invalid' });
    expect({}).not.toHaveProperty('isAdmin');
  });
});
