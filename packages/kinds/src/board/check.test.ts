import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boardWith, demandOk } from '../testing/board.ts';
import { createRandom, validElement } from '../testing/index.ts';
import { canonicalElement } from './canonical.ts';
import { checkChanged, checkElement, checkGrown } from './check.ts';
import type { BoardElement, Point, StrokeElement } from './element.ts';

function valid(type: string, changes: object = {}): BoardElement {
  const checked = checkElement({ ...validElement(createRandom(5), 'one', type), ...changes });
  if (!checked.ok) throw new Error(checked.sentence);
  return checked.element;
}

const line = (count: number, height: number): Point[] =>
  Array.from({ length: count }, (_, index) => [index, index % 2 === 0 ? 0 : height]);

const change = fc.record(
  {
    opacity: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(101)),
    x: fc.double({ noNaN: true }),
    angle: fc.integer({ min: -9, max: 9 }),
    width: fc.integer({ min: 0, max: 99_999 }),
    fillStyle: fc.constantFrom('solid', 'hachure', 'cross-hatch'),
    backgroundColor: fc.constantFrom('transparent', 'red', 'javascript:'),
    strokeWidth: fc.integer({ min: 0, max: 40 }),
    nonsense: fc.constant(1),
  },
  { requiredKeys: [] },
);

test('a change that leaves the points alone is judged as if all of the element were looked at', () => {
  fc.assert(
    fc.property(fc.constantFrom('freedraw', 'line'), change, (type, props) => {
      const element = valid(type, { points: line(900, 700), ...(type === 'freedraw' && { pressures: [] }) });
      expect(checkChanged(element, props)).toEqual(checkElement({ ...element, ...props }));
    }),
  );
});

test('it costs the same for a long stroke as for a short one', () => {
  const readsOf = (count: number) => {
    let reads = 0;
    const points = new Proxy(line(count, 5), {
      get(target, key, receiver): unknown {
        reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    const stroke = valid('freedraw', { points: line(count, 5), pressures: [], fillStyle: 'solid' });
    checkChanged({ ...stroke, points } as BoardElement, { x: 1 });
    return reads;
  };
  expect(readsOf(5_000)).toBe(readsOf(10));
});

test('a stroke that grows is what it would be if it had been drawn at once', () => {
  const whole = valid('freedraw', { points: line(60, 20), pressures: line(60, 1).map(([, y]) => y / 2) });
  if (whole.type !== 'freedraw') throw new Error('This is no stroke.');
  const { points, pressures } = whole;
  const short = valid('freedraw', { ...whole, points: points.slice(0, 40), pressures: pressures.slice(0, 40) });
  const added = { n: 30, points: points.slice(30), pressures: pressures.slice(30) };
  expect(checkGrown(short as StrokeElement, added)).toEqual({ ok: true, element: whole });
  const uneven = checkGrown(short as StrokeElement, { ...added, pressures: [] });
  expect(uneven).toMatchObject({ ok: false, sentence: expect.stringMatching(/one pressure for each point/) });
  const endless = checkGrown(short as StrokeElement, { n: 40, points: line(5_000, 9), pressures: [] });
  expect(endless.ok).toBe(false);
});

/** Took a page 20 seconds to draw; five of them took it down. */
const comb = { points: line(1_000, 10_000), strokeWidth: 1, backgroundColor: 'red' };

test.each(['hachure', 'cross-hatch', 'zigzag'])(
  'an outline that takes a canvas seconds to fill with %s is refused',
  (fillStyle) => {
    const raw = { ...validElement(createRandom(5), 'one', 'line'), ...comb, fillStyle };
    expect(checkElement(raw)).toMatchObject({ ok: false, sentence: expect.stringMatching(/too intricate/) });
    expect(canonicalElement(raw)).toMatchObject({ fillStyle: 'solid', points: { length: 1_000 } });
    expect(checkElement({ ...raw, fillStyle: 'solid' }).ok).toBe(true);
    expect(checkElement({ ...raw, backgroundColor: 'transparent' }).ok).toBe(true);
  },
);

test('what people hatch is not refused: a full screen, a scribble', () => {
  const polygon = [
    [0, 0],
    [1_900, 0],
    [1_900, 1_000],
    [0, 1_000],
    [0, 0],
  ];
  for (const points of [polygon, line(900, 100)]) {
    expect(
      checkElement({ ...validElement(createRandom(5), 'one', 'line'), ...comb, points, fillStyle: 'hachure' }).ok,
    ).toBe(true);
  }
});

test('a command names a full board once, not nine times', () => {
  const board = boardWith({ id: 'a', type: 'rectangle', x: 0, y: 0, width: 9, height: 9 });
  const ids = Array.from({ length: 5_000 }, () => 'a');
  const move = { op: 'move', ids, dx: 1, dy: 0 };
  demandOk(board.edit([move]));
  expect(board.edit([move, move])).toMatchObject({
    ok: false,
    code: 'limit',
    message: expect.stringMatching(/too much/),
  });
});

test.each([
  ["https://fr.wikipedia.org/wiki/L'Oréal", 'https://fr.wikipedia.org/wiki/L%27Or%C3%A9al'],
  ['https://example.org/?b={1}|2', 'https://example.org/?b=%7B1%7D%7C2'],
  ['https://example.org/a b', 'https://example.org/a%20b'],
  ['https://example.org/plain', 'https://example.org/plain'],
  ['mailto:ada@example.org', 'mailto:ada@example.org'],
])('the link %j is kept as %j', (link, kept) => {
  const element = canonicalElement({ ...validElement(createRandom(5), 'one', 'rectangle'), link });
  expect(element?.link).toBe(kept);
  expect(canonicalElement(element)).toEqual(element);
});

test.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'java\nscript:x',
  'http://',
])('the link %j is dropped', (link) => {
  expect(canonicalElement({ ...validElement(createRandom(5), 'one', 'rectangle'), link })?.link).toBeNull();
});
