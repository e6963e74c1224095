import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, elementTypes, validElement } from '../testing/index.ts';
import { canonicalElement } from './canonical.ts';
import { checkElement } from './check.ts';

function raw(type: string, changes: object = {}): object {
  return { ...validElement(createRandom(3), 'one', type), ...changes };
}

/** As a canvas holds it: with what never travels, unrounded, null where a list may be. */
function fromCanvas(element: object): object {
  const local = { version: 7, versionNonce: 1, updated: 9, customData: { x: 1 }, boundElements: null };
  return { ...element, ...local, opacity: 49.999_999, seed: 5, shape: { cache: true } };
}

test('any valid element is canonical after one pass, and the check accepts exactly that', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...elementTypes), (seed, type) => {
      const element = canonicalElement(fromCanvas(validElement(createRandom(seed), 'one', type)));
      expect(element).not.toBeNull();
      expect(canonicalElement(element)).toEqual(element);
      expect(checkElement(element)).toEqual({ ok: true, element });
    }),
  );
});

test('nothing at all makes it throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...elementTypes), fc.dictionary(fc.string(), fc.anything()), (type, junk) => {
      const element = canonicalElement({ ...raw(type), ...junk, type });
      expect(element === null || checkElement(element).ok).toBe(true);
    }),
  );
  for (const value of [null, undefined, 5, 'x', [], () => 1]) expect(canonicalElement(value)).toBeNull();
});

test('what a browser makes for itself does not travel', () => {
  const element = canonicalElement(fromCanvas(raw('rectangle')));
  for (const key of ['version', 'versionNonce', 'updated', 'customData', 'shape'])
    expect(element).not.toHaveProperty(key);
});

test('lengths are rounded to 2 decimals, angles and ratios to 4, and -0 is 0', () => {
  const startBinding = { elementId: 'b', focus: 0.123_456, gap: 1.005_9, fixedPoint: [0.500_1, 0.25] };
  const points = [
    [0, -0.001],
    [10.128, 5],
  ];
  const arrow = raw('arrow', { x: -0.001, angle: 0.785_398, elbowed: true, points, startBinding });
  const element = canonicalElement(arrow);
  expect(element).toMatchObject({
    angle: 0.7854,
    points: [
      [0, 0],
      [10.13, 5],
    ],
    startBinding: { focus: 0.1235, gap: 1.01, fixedPoint: [0.5001, 0.25] },
  });
  expect(Object.is(element?.x, 0)).toBe(true);
});

test('the size of a line is the size of its points, whatever was said', () => {
  const points = [
    [0, 0],
    [30, -10],
    [5, 5],
  ];
  for (const type of ['line', 'freedraw']) {
    const line = raw(type, { points, pressures: [], width: 1, height: 1 });
    expect(canonicalElement(line)).toMatchObject({ width: 30, height: 15 });
  }
});

describe('spelling', () => {
  test('a negative size is the same shape from its other corner', () => {
    const turned = raw('ellipse', { x: 10, width: -4, y: 0, height: 6 });
    expect(canonicalElement(turned)).toMatchObject({ x: 6, width: 4, y: 0, height: 6 });
  });

  test('a dangerous link, NUL and half a pair are dropped from what is drawn', () => {
    expect(canonicalElement(raw('diamond', { link: 'javascript:alert(1)' }))).toMatchObject({ link: null });
    const text = raw('text', { text: 'a\0b\ud800', originalText: 'a\0b' });
    expect(canonicalElement(text)).toMatchObject({ text: 'ab', originalText: 'ab' });
  });

  test('an arrow with straight segments has nothing of an elbow arrow, and the other way round', () => {
    const startBinding = { elementId: 'b', focus: 0, gap: 1, fixedPoint: [0.2, 0.2] };
    const fixedSegments = [{ start: [0, 0], end: [5, 0], index: 1 }];
    const both = {
      startBinding,
      endBinding: { elementId: 'b', focus: 0, gap: 1 },
      fixedSegments,
      startIsSpecial: true,
    };
    expect(canonicalElement(raw('arrow', { ...both, elbowed: false }))).toMatchObject({
      startBinding: { elementId: 'b', focus: 0, gap: 1 },
      fixedSegments: null,
      startIsSpecial: null,
    });
    expect(canonicalElement(raw('arrow', { ...both, elbowed: true }))).toMatchObject({
      startBinding,
      endBinding: null,
      fixedSegments,
      startIsSpecial: true,
    });
  });
});

test('segments that the points of an elbow arrow do not reach are dropped', () => {
  const segment = (index: number) => ({ start: [0, 0], end: [5, 0], index });
  const arrow = {
    elbowed: true,
    points: [
      [0, 0],
      [5, 0],
      [5, 9],
    ],
  };
  const fixedSegments = [segment(2), segment(3)];
  expect(canonicalElement(raw('arrow', { ...arrow, fixedSegments }))).toMatchObject({ fixedSegments: [segment(2)] });
  expect(canonicalElement(raw('arrow', { ...arrow, fixedSegments: [segment(9)] }))?.type).toBe('arrow');
  expect(canonicalElement(raw('arrow', { ...arrow, fixedSegments: [] }))).toMatchObject({ fixedSegments: null });
});

test.each([
  ['a shape without size', raw('rectangle', { width: 0.001, height: 0 })],
  ['a stroke of one point', raw('freedraw', { points: [[0, 0]], pressures: [] })],
  ['text without letters', raw('text', { text: '' })],
  ['what is removed', raw('ellipse', { isDeleted: true })],
  ['an image', raw('rectangle', { type: 'image' })],
  ['an embed', raw('rectangle', { type: 'embeddable' })],
])('%s is not sent', (_, element) => {
  expect(canonicalElement(element)).toBeNull();
});
