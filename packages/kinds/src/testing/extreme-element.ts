import { comb, dot, largest, type Outline, outlined, star, zigzag } from './extreme-outline.ts';
import type { RawCommand } from './hostile-command.ts';
import { createRandom, type Random } from './random.ts';
import { type RawElement, validElement } from './valid-element.ts';

/**
 * Elements at the very edge of what a board takes, as it stores them: the most points, the largest sizes in every fill
 * and stroke, the longest texts, everything bound to one shape. All of them fit on one board together.
 * What hostile people may send, so a page must stay alive with it. The same ones for the same seed.
 */
export function extremeElements(seed: number): RawElement[] {
  const random = createRandom(seed);
  const parts = [shapes, hatchedLoops, lines, strokes, arrows, texts, bound, crossed];
  return parts
    .flatMap((part) => part(random))
    .map((element, at) => ({ ...element, ...ofAny(random), id: nameOf(element, at) }));
}

/** The commands that put them all on a board, those with references to each other together. */
export function extremeCommands(seed: number): RawCommand[] {
  const puts = extremeElements(seed).map((element) => ({ op: 'put', element }));
  const isBound = ({ element }: (typeof puts)[number]) => element.id.startsWith('bound-');
  const alone = puts.filter((put) => !isBound(put)).map((put) => [put]);
  return [...alone, puts.filter(isBound)].map((ops) => ({ name: 'edit', input: { ops } }));
}

const fills = ['hachure', 'cross-hatch', 'zigzag'] as const;
const strokeStyles = ['solid', 'dashed', 'dotted'] as const;
const longLink = `https://example.com/${'a/'.repeat(1_014)}`;

/** What no extreme of size depends on. */
function ofAny(random: Random): object {
  return {
    x: random.pick([-1_000_000, -1_000, 0, 0.01, 1_000, 1_000_000]),
    y: random.pick([-1_000_000, -1_000, 0, 0.01, 1_000, 1_000_000]),
    angle: random.pick([-7, -0.0001, 0, 0.7854, 1.5708, 7]),
    roughness: random.pick([0, 1, 2]),
    opacity: random.pick([0, 1, 50, 100]),
  };
}

const unnamed = 'extreme';

function nameOf({ id }: RawElement, at: number): string {
  return id === unnamed ? `${unnamed}-${at}` : id;
}

function extreme(random: Random, type: string, changes: object = {}): RawElement {
  const plain = {
    id: unnamed,
    width: 100,
    height: 100,
    roundness: null,
    groupIds: [],
    backgroundColor: '#ffec99',
    fillStyle: 'solid',
  };
  return { ...validElement(random, '', type), ...plain, ...changes };
}

function shapes(random: Random): RawElement[] {
  const of = (changes: object) => extreme(random, random.pick(['rectangle', 'diamond', 'ellipse']), changes);
  const rounded = [null, { type: 1, value: 50_000 }, { type: 2 }, { type: 3 }];
  const hatched = ['rectangle', 'diamond', 'ellipse'].flatMap((type) =>
    fills.map((fillStyle) => {
      const roundness = random.pick(rounded);
      return extreme(random, type, { fillStyle, roundness, strokeWidth: 1, width: 10_000, height: 10_000 });
    }),
  );
  const solid = strokeStyles.flatMap((strokeStyle) => [
    of({ strokeStyle, strokeWidth: 1, width: 50_000, height: 50_000, roundness: random.pick(rounded) }),
    of({ strokeStyle, strokeWidth: 32, width: 0, height: 50_000 }),
    of({ strokeStyle, strokeWidth: 32, width: 0.01, height: 0 }),
  ]);
  const name = random.pick(['x', 'Ü', '漢']).repeat(200);
  return [...hatched, ...solid, extreme(random, 'frame', { name, width: 50_000, height: 50_000 })];
}

/** As large as a fill of strokes lets them be. */
function hatchedLoops(random: Random): RawElement[] {
  const loop = (type: string, count: number, changes: object) => {
    const outline = random.pick([comb, star]);
    const base = extreme(random, type, { ...changes, ...(type === 'freedraw' && { pressures: [] }) });
    return largest((side) => outlined(base, outline(count, side)));
  };
  return fills.flatMap((fillStyle) => [
    loop('line', random.pick([30, 300, 1_000]), { fillStyle, strokeWidth: 1 }),
    loop('line', 1_000, { fillStyle, strokeWidth: 32 }),
    loop('line', random.pick([50, 650]), { fillStyle, strokeWidth: random.pick([1, 32]), roundness: { type: 2 } }),
    loop('freedraw', random.pick([50, 650]), { fillStyle, strokeWidth: random.pick([1, 32]) }),
  ]);
}

function lines(random: Random): RawElement[] {
  const of = (outline: Outline, side: number, changes: object) =>
    outlined(extreme(random, 'line', changes), outline(1_000, side));
  return [
    ...strokeStyles.map((strokeStyle) =>
      of(zigzag, 50_000, { strokeStyle, strokeWidth: 1, roundness: random.pick([null, { type: 2 }]) }),
    ),
    of(star, 49_000, { strokeWidth: 32 }),
    of(comb, 49_000, { strokeStyle: 'dotted', strokeWidth: 1, backgroundColor: 'transparent' }),
    of(dot, 0, { strokeWidth: 1, roundness: { type: 2 } }),
  ];
}

function strokes(random: Random): RawElement[] {
  const of = (outline: Outline, side: number, hasPressure: boolean) => {
    const pressures = hasPressure ? Array.from({ length: 5_000 }, (_, at) => (at % 101) / 100) : [];
    const own = { pressures, simulatePressure: !hasPressure, strokeWidth: random.pick([1, 32]) };
    return outlined(extreme(random, 'freedraw', own), outline(5_000, side));
  };
  return [
    of(zigzag, 50_000, true),
    of(zigzag, 500, false),
    of(comb, 40, false),
    of(star, 49_000, true),
    of(dot, 0, false),
  ];
}

function arrows(random: Random): RawElement[] {
  const heads = ['crowfoot_one_or_many', 'diamond_outline', 'circle', 'triangle_outline', 'bar', 'dot', null];
  const of = (points: readonly number[][], changes: object) => {
    const own = { startArrowhead: random.pick(heads), endArrowhead: random.pick(heads), ...straight, ...changes };
    return outlined(extreme(random, 'arrow', own), points);
  };
  const stairs = Array.from({ length: 1_000 }, (_, at) => [Math.ceil(at / 2) * 100, Math.floor(at / 2) * 100]);
  const fixedSegments = Array.from({ length: 100 }, (_, at) => ({
    start: stairs[at],
    end: stairs[at + 1],
    index: at + 1,
  }));
  const elbow = { elbowed: true, fixedSegments, startIsSpecial: true, endIsSpecial: true };
  return [
    of(stairs, elbow),
    of(zigzag(1_000, 50_000), { ...elbow, fixedSegments: fixedSegments.slice(0, 1), strokeStyle: 'dotted' }),
    of(dot(2, 0), { ...elbow, fixedSegments: fixedSegments.slice(0, 1) }),
    ...strokeStyles.map((strokeStyle) => of(zigzag(1_000, 50_000), { strokeStyle, strokeWidth: 1 })),
    of(star(1_000, 100), { roundness: { type: 2 }, strokeWidth: 32 }),
    of(dot(2, 0), { strokeWidth: 32 }),
  ];
}

const straight = { elbowed: false, fixedSegments: null, startIsSpecial: null, endIsSpecial: null };

function texts(random: Random): RawElement[] {
  const of = (text: string, changes: object) => extreme(random, 'text', { text, originalText: text, ...changes });
  const long = ['W', '漢', '\n', ' ', 'ﷺ', '🎉', 'e\u0301', 'א', '\u202e', 'a '].map((letters) =>
    of(letters.repeat(10_000 / letters.length), {
      fontSize: random.pick([4, 400]),
      lineHeight: random.pick([0.5, 5]),
      textAlign: random.pick(['left', 'center', 'right']),
      width: random.pick([0, 50_000]),
      height: 50_000,
      autoResize: random.once(2),
    }),
  );
  return [...long, of(' ', { fontSize: 4, width: 0.01, height: 0 }), of('\n', { fontSize: 400, lineHeight: 5 })];
}

/** One shape with as much bound to it as there may be, each thing from both sides. */
function bound(random: Random): RawElement[] {
  const ids = Array.from({ length: 199 }, (_, at) => `bound-arrow-${at}`);
  const binding = { elementId: 'bound-shape', focus: random.pick([-1, 0, 0.3333]), gap: random.pick([0, 50_000]) };
  const boundElements = [{ id: 'bound-label', type: 'text' }, ...ids.map((id) => ({ id, type: 'arrow' }))];
  const ends = ids.map((id) => {
    const arrow = extreme(random, 'arrow', { ...straight, id, startBinding: binding, endBinding: binding });
    return outlined(arrow, [
      [0, 0],
      [random.int(9_000), random.int(9_000)],
    ]);
  });
  const label = extreme(random, 'text', {
    id: 'bound-label',
    text: 'x'.repeat(10_000),
    originalText: 'x'.repeat(10_000),
    containerId: 'bound-shape',
  });
  return [extreme(random, 'rectangle', { id: 'bound-shape', boundElements }), label, ...ends];
}

/** Groups that contain each other, which a canvas never makes. */
function crossed(random: Random): RawElement[] {
  const groupIds = Array.from({ length: 16 }, (_, at) => `group-${at}-`.padEnd(40, 'x'));
  return [groupIds, groupIds.toReversed(), [...groupIds.slice(8), ...groupIds.slice(0, 8)]].map((ids) =>
    extreme(random, 'ellipse', { groupIds: ids, link: longLink }),
  );
}
