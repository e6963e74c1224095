import type { Random } from './random.ts';

/** Values that no element may have, by property. Each stays wrong after a way through JSON. */

const notNumbers = [NaN, Infinity, -Infinity, 1e308, -1e308, 1e12, '1', '', null, {}, [1], true];
const notStrings = [5, {}, [], ['a'], true];
const notIds = [
  '',
  'a b',
  'é',
  '<img>',
  '../../x',
  'x'.repeat(41),
  '__proto__',
  'constructor',
  'toString',
  ...notStrings,
];
const notColours = [
  '',
  '#12',
  '#ggg',
  'url(javascript:alert(1))',
  'red;x',
  'rgb(0,0,0)',
  'var(--x)',
  null,
  ...notStrings,
];
const notChoices = ['', 'none', 'javascript', '__proto__', 'constructor', ...notStrings];
const notBooleans = ['true', 0, 1, {}, []];
const notPoint = [null, 5, '0,0', [], [1], [1, 2, 3], ['1', 2], [NaN, 0], [0, Infinity], [1e308, 0], [60_000, 0], {}];
const notLinks = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://a.example/1',
  '//evil.example',
  'https://',
  'https://a b',
  'https://a"onclick="x',
  `https://a.example/${'x'.repeat(2_048)}`,
  'https://a.example/\0',
  '',
  ...notStrings,
];
const notBindings = [
  {},
  [],
  'rectangle',
  { elementId: 'a' },
  { elementId: '__proto__', focus: 0, gap: 1 },
  { elementId: 'a', focus: NaN, gap: 1 },
  { elementId: 'a', focus: 0, gap: -1 },
  { elementId: 'a', focus: 0, gap: 1, fixedPoint: [1] },
  { elementId: 'a', focus: 0, gap: 1, fixedPoint: [1e9, 0] },
  { elementId: 'a', focus: 0, gap: 1, html: '<b>' },
];
const notSegments = [
  'x',
  {},
  [null],
  [{ start: [0, 0], index: 1 }],
  [{ start: [0, 0], end: null, index: 1 }],
  [{ start: [0, 0], end: [NaN, 1], index: 1 }],
  [{ start: [0, 0], end: [1, 1], index: -1 }],
  [{ start: [0, 0], end: [1, 1], index: 1.5 }],
  Array.from({ length: 101 }, () => ({ start: [0, 0], end: [1, 1], index: 1 })),
];
const notTexts = ['a\0b', '\0', '\ud800', 'x\udc00y', ...notStrings];
const notHeads = [...notChoices, 'Arrow'];

const byProperty: { readonly [key: string]: readonly unknown[] } = {
  id: [...notIds, null],
  type: ['iframe', 'embeddable', 'magicframe', 'selection', 'image', 'draw', ...notChoices, null],
  x: [1_000_001, -1_000_001, ...notNumbers],
  y: [1_000_001, -1_000_001, ...notNumbers],
  width: [-1, 50_001, ...notNumbers],
  height: [-0.01, 50_001, ...notNumbers],
  angle: [7.01, -8, ...notNumbers],
  strokeWidth: [0, 0.5, 33, -1, ...notNumbers],
  roughness: [-1, 3, ...notNumbers],
  opacity: [-1, 101, ...notNumbers],
  seed: [-1, 1.5, 2 ** 33, ...notNumbers],
  strokeColor: notColours,
  backgroundColor: notColours,
  fillStyle: [...notChoices, null],
  strokeStyle: [...notChoices, null],
  roundness: ['round', 3, [], {}, { type: 9 }, { type: 1, value: NaN }, { type: 1, value: -1 }, { type: 2, x: 1 }],
  index: notStrings,
  isDeleted: [true, null, ...notBooleans],
  groupIds: [
    null,
    'g',
    {},
    [null],
    [1],
    ['a b'],
    ['__proto__'],
    ['g', 'g'],
    Array.from({ length: 17 }, (_, at) => `g${at}`),
  ],
  frameId: notIds,
  boundElements: [
    'x',
    {},
    [null],
    ['a'],
    [{ id: 'a' }],
    [{ id: 'a', type: 'iframe' }],
    [{ id: 'constructor', type: 'text' }],
    [{ id: 'a', type: 'text', x: 1 }],
    Array.from({ length: 201 }, (_, at) => ({ id: `b${at}`, type: 'text' })),
  ],
  link: notLinks,
  locked: [null, ...notBooleans],
  name: ['x'.repeat(201), ...notTexts],
  points: [null, {}, 'x', [], ...notPoint.map((point) => [[0, 0], point]), Array.from({ length: 5_001 }, () => [0, 0])],
  lastCommittedPoint: notPoint.filter((point) => point !== null),
  startBinding: notBindings,
  endBinding: notBindings,
  startArrowhead: notHeads,
  endArrowhead: notHeads,
  elbowed: [null, ...notBooleans],
  fixedSegments: notSegments,
  startIsSpecial: notBooleans,
  endIsSpecial: notBooleans,
  pressures: [null, {}, 'x', [2], [-0.1], [NaN], ['0.5'], [null], Array.from({ length: 5_001 }, () => 0.5)],
  simulatePressure: [null, ...notBooleans],
  text: ['', 'x'.repeat(10_001), null, ...notTexts],
  originalText: ['', 'x'.repeat(10_001), null, ...notTexts],
  fontSize: [3.9, 401, 0, -20, ...notNumbers],
  fontFamily: [0, 4, 10, 1.5, 'Virgil', ...notNumbers],
  textAlign: [...notChoices, null],
  verticalAlign: [...notChoices, null],
  containerId: notIds,
  autoResize: [null, ...notBooleans],
  lineHeight: [0, -1, 100, ...notNumbers],
};

/** Properties that no element has, some of them Excalidraw's own that never travel. */
const strayProperties = [
  'version',
  'versionNonce',
  'updated',
  'customData',
  'html',
  'onclick',
  'src',
  'toString',
  'valueOf',
];

function hostileValue(random: Random, key: string): unknown {
  return random.pick(byProperty[key] ?? notStrings);
}

/** One property with a value that it must not have, or one that must not be there. */
export function hostileProperty(random: Random, keys: readonly string[]): readonly [key: string, value: unknown] {
  if (random.once(10)) return ['__proto__', { isAdmin: true }];
  if (random.once(10)) return [random.pick(strayProperties), random.pick([1, null, {}, '<script>'])];
  const key = random.pick(keys);
  return [key, hostileValue(random, key)];
}

/** A copy with the property as its own, even `__proto__`. */
export function withProperty(base: object, [key, value]: readonly [string, unknown]): object {
  return Object.defineProperty({ ...base }, key, { value, enumerable: true, configurable: true, writable: true });
}
