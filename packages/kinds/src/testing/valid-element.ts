import type { Random } from './random.ts';

/** An element as a canvas would send it, written down without the schemas so that it can test them. */
export interface RawElement {
  readonly id: string;
  readonly type: string;
  readonly [key: string]: unknown;
}

export const elementTypes = ['rectangle', 'diamond', 'ellipse', 'frame', 'line', 'arrow', 'freedraw', 'text'] as const;

/** A complete element that has to be accepted, except for the state it meets (a locked or another element's id). */
export function validElement(random: Random, id: string, type: string = random.pick(elementTypes)): RawElement {
  return {
    id,
    type,
    x: decimal(random, 4_000) - 2_000,
    y: decimal(random, 4_000) - 2_000,
    width: decimal(random, 500) + 1,
    height: decimal(random, 500) + 1,
    angle: decimal(random, 6),
    strokeColor: random.pick(['#1e1e1e', '#f08c00', '#abc', 'red']),
    backgroundColor: random.pick(['transparent', '#ffec99', '#abcd', 'white']),
    fillStyle: random.pick(['solid', 'hachure', 'cross-hatch', 'zigzag']),
    strokeWidth: random.pick([1, 2, 4]),
    strokeStyle: random.pick(['solid', 'dashed', 'dotted']),
    roughness: random.int(3),
    opacity: random.int(101),
    roundness: random.pick([null, { type: 2 }, { type: 3 }, { type: 1, value: 12.5 }]),
    seed: random.int(2 ** 31),
    index: null,
    isDeleted: false,
    groupIds: random.once(4) ? ['group-1'] : [],
    frameId: null,
    boundElements: [],
    link: random.once(8) ? 'https://example.com/a?b=c#d' : null,
    locked: false,
    ...ownProperties(random, type),
  };
}

export function points(random: Random, count: number): number[][] {
  return Array.from({ length: count }, (_, at) => (at === 0 ? [0, 0] : [decimal(random, 300), decimal(random, 300)]));
}

function ownProperties(random: Random, type: string): object {
  const line = { lastCommittedPoint: null, startBinding: null, endBinding: null, startArrowhead: null };
  switch (type) {
    case 'frame':
      return { name: random.pick([null, 'Frame', 'Überschrift 🎉']) };
    case 'line':
      return { ...line, points: points(random, 2 + random.int(5)), endArrowhead: null };
    case 'arrow': {
      const elbowed = random.once(2);
      const own = { fixedSegments: null, startIsSpecial: elbowed ? false : null, endIsSpecial: elbowed ? false : null };
      return { ...line, ...own, elbowed, points: points(random, 2 + random.int(5)), endArrowhead: 'triangle' };
    }
    case 'freedraw': {
      const drawn = points(random, 2 + random.int(20));
      const hasPressure = random.once(2);
      const pressures = hasPressure ? drawn.map(() => random.int(101) / 100) : [];
      return { points: drawn, pressures, simulatePressure: !hasPressure, lastCommittedPoint: null };
    }
    case 'text': {
      const text = random.pick(['a', 'two\nlines', 'Zwölf', '漢字', '👩‍👩‍👧 family']);
      const font = { fontSize: 20, fontFamily: random.pick([1, 2, 3, 5, 6, 7, 8, 9]), lineHeight: 1.25 };
      const place = { textAlign: 'left', verticalAlign: 'top', containerId: null, autoResize: true };
      return { ...font, ...place, text, originalText: text };
    }
    default:
      return {};
  }
}

function decimal(random: Random, below: number): number {
  return random.int(below * 100) / 100;
}
