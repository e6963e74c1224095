import { comb } from './extreme-outline.ts';
import { hostileProperty, withProperty } from './hostile-value.ts';
import { createRandom, type Random } from './random.ts';
import { validElement } from './valid-element.ts';

/** `count` values that must all be refused as elements, as JSON would carry them; the same ones for the same seed. */
export function hostileElements(seed: number, count: number): unknown[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => hostileElement(random, `hostile-${at}`));
}

export function hostileElement(random: Random, id: string): unknown {
  const element = validElement(random, id);
  const sort = random.int(20);
  if (sort === 0)
    return random.pick([null, 5, 'rectangle', true, [], [element], {}, { id }, { id, type: element.type }]);
  if (sort === 1) return wrongTogether(random, id);
  return withProperty(element, hostileProperty(random, Object.keys(element)));
}

/** Each property is fine, but not next to the others. */
function wrongTogether(random: Random, id: string): unknown {
  const hatched = { backgroundColor: '#ff0000', fillStyle: random.pick(['hachure', 'cross-hatch', 'zigzag']) };
  return random.pick<() => object>([
    () => ({ ...validElement(random, id, 'rectangle'), ...hatched, width: 10_001 }),
    () => ({ ...validElement(random, id, 'ellipse'), ...hatched, height: 50_000 }),
    () => ({
      ...validElement(random, id, 'line'),
      ...hatched,
      points: [
        [0, 0],
        [0, 20_000],
        [20_000, 0],
        [0, 0],
      ],
    }),
    () => ({
      ...validElement(random, id, 'line'),
      points: [
        [-40_000, 0],
        [40_000, 0],
      ],
    }),
    () => ({
      ...validElement(random, id, 'freedraw'),
      points: [
        [0, 0],
        [1, 1],
      ],
      pressures: [0.5],
    }),
    () => ({
      ...validElement(random, id, 'line'),
      ...hatched,
      strokeWidth: random.pick([1, 4, 32]),
      points: comb(1_000, 10_000),
    }),
    () => ({
      ...validElement(random, id, 'line'),
      ...hatched,
      strokeWidth: 1,
      roundness: { type: 2 },
      points: comb(900, 20),
    }),
    () => ({
      ...validElement(random, id, 'freedraw'),
      ...hatched,
      strokeWidth: 1,
      pressures: [],
      points: comb(5_000, 20),
    }),
    () => ({ ...validElement(random, id, 'line'), points: Array.from({ length: 1_001 }, () => [0, 0]) }),
  ])();
}
