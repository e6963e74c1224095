import { RoomState } from '@atrium/rooms/kind';
import { describe, expect, test } from 'vitest';
import { boardWith, createBoard, demandOk } from '../testing/board.ts';
import { countLooks } from '../testing/counted-board.ts';
import { shape as anyShape, stroke } from '../testing/shape.ts';
import { boardKind } from './board-kind.ts';
import { bounds } from './bounds.ts';

function times<Item>(count: number, make: (at: number) => Item): Item[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** Hatching would be looked at. */
function shape(id: string, changes: object = {}): object {
  return anyShape(id, { fillStyle: 'solid', ...changes });
}

function strokeOf(count: number): RoomState {
  const points = times(count, (at) => [at % 700, at % 300]);
  return boardWith({ ...stroke('s', points), fillStyle: 'solid' }).state;
}

const full = createBoard();
for (let from = 0; from < 4_900; from += 490) {
  demandOk(full.edit(times(490, (at) => ({ op: 'put', element: shape(`e${from + at}`) }))));
}

describe('a command costs what it changes', () => {
  test('a colour of a stroke looks at none of its points, however often', () => {
    const ops = times(500, (at) => ({ op: 'set', id: 's', props: { opacity: at % 100, width: at, x: at } }));
    expect(countLooks(strokeOf(5_000), ops).points).toBe(0);
  });

  test('many appends go through the stroke as often as one does', () => {
    const append = (at: number) => ({ op: 'append', id: 's', n: 10 + at, points: [[1, at]] });
    const both = (at: number) => (at % 2 === 0 ? append(at / 2) : { op: 'set', id: 's', props: { opacity: at % 100 } });
    const [one, many] = [countLooks(strokeOf(10), [append(0)]), countLooks(strokeOf(10), times(400, append))];
    expect(many.points).toBe(one.points);
    expect(countLooks(strokeOf(10), times(400, both)).points).toBe(one.points);
    const long = countLooks(
      strokeOf(4_000),
      times(400, (at) => ({ ...append(at), n: 4_000 + at })),
    );
    expect(long.points / 4_000).toBeLessThanOrEqual(one.points / 10);
  });

  test('a change, or an element that is gone again, looks at no other element', () => {
    const ops = [
      { op: 'set', id: 'e7', props: { opacity: 5 } },
      { op: 'move', ids: ['e8', 'e9'], dx: 1, dy: 1 },
      { op: 'put', element: shape('new') },
      { op: 'remove', ids: ['new'] },
      { op: 'put', element: shape('e10', { opacity: 1 }) },
    ];
    expect(countLooks(full.state, ops).records.element).toBe(0);
  });

  test('what needs the whole board goes through it once', () => {
    const put = times(200, (at) => ({
      op: 'put',
      element: shape(`new${at % 50}`, { index: 'a1', opacity: at % 100 }),
    }));
    const remove = times(200, (at) => ({ op: 'remove', ids: [`e${at}`] }));
    expect(countLooks(full.state, [...put, ...remove]).records.element).toBe(4_900);
  });

  test('what cannot be referred to goes without a look at who does', () => {
    const { element, meta } = full.state.toJson();
    const strokes = strokeOf(5).toJson().element;
    const state = RoomState.fromJson(
      { element: { ...element, ...strokes }, ...(meta && { meta }) },
      boardKind.collections,
    );
    expect(countLooks(state, [{ op: 'remove', ids: ['s'] }]).records.element).toBe(0);
  });

  test('fresh tombstones are not looked through again and again, old ones go in portions', () => {
    const board = boardWith(shape('a'));
    for (let from = 0; from < 1_470; from += 490) {
      demandOk(board.edit(times(490, (at) => ({ op: 'put', element: shape(`t${from + at}`) }))));
    }
    demandOk(board.edit([{ op: 'remove', ids: times(1_470, (at) => `t${at}`) }], { now: 5_000 }));
    const set = [{ op: 'set', id: 'a', props: { opacity: 5 } }];
    expect(countLooks(board.state, set, 6_000).records.tombstone).toBeLessThanOrEqual(bounds.sweep.young);
    expect(countLooks(board.state, set, 70_000).records.tombstone).toBeLessThanOrEqual(bounds.sweep.old);
    for (const opacity of [1, 2]) demandOk(board.edit([{ op: 'set', id: 'a', props: { opacity } }], { now: 70_000 }));
    expect(board.state.size('tombstone')).toBe(0);
  });
});

describe('a command names at most 10,000 elements', () => {
  const everything = times(5_000, (at) => at.toString(36));

  test.each([
    ['moves', times(9, () => ({ op: 'move', ids: everything, dx: 1, dy: 0 }))],
    ['removals and restorations', times(3, (at) => ({ op: at === 1 ? 'restore' : 'remove', ids: everything }))],
  ])('more %s are refused with a sentence', (_, ops) => {
    const outcome = createBoard().edit(ops);
    expect(outcome).toMatchObject({ ok: false, code: 'limit', message: expect.stringContaining('at most 10000') });
  });

  test('everything on a full board can be moved at once, and removed and restored', () => {
    const ids = times(4_900, (at) => `e${at}`);
    expect(countLooks(full.state, [{ op: 'move', ids, dx: 1, dy: 0 }]).records.element).toBe(0);
    countLooks(full.state, [
      { op: 'remove', ids },
      { op: 'restore', ids },
    ]);
  });
});
