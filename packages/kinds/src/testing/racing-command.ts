import type { RawCommand } from './hostile-command.ts';
import { createRandom, type Random } from './random.ts';
import { points, type RawElement, validElement } from './valid-element.ts';

/**
 * `count` well-formed commands as many people at once would send them: the same ids, equal and malformed z-order keys,
 * references to what is gone. Some are refused (unknown, conflict), none may break the board.
 */
export function racingCommands(seed: number, count: number): RawCommand[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    if (random.once(400)) return { name: 'clear', input: {} };
    if (random.once(60)) return { name: 'lock', input: { ids: [someId(random)], locked: random.once(2) } };
    if (random.once(60)) return { name: 'setMeta', input: { background: random.pick(['#ffffff', '#121212']) } };
    return { name: 'edit', input: { ops: Array.from({ length: 1 + random.int(4) }, () => racingOp(random)) } };
  });
}

const ids = Array.from({ length: 40 }, (_, at) => `element-${at}`);
const indexKeys = [
  null,
  'a0',
  'a1',
  'a1',
  'a0V',
  'Zz',
  'b',
  '',
  'zzzzzzzz',
  'a0\0',
  '<b>',
  '__proto__',
  'a10',
  'x'.repeat(99),
];

function someId(random: Random): string {
  return random.pick(ids);
}

/** An id always has the same type, as if one canvas had made it. */
function elementOf(random: Random, id: string): RawElement {
  const types = ['rectangle', 'text', 'arrow', 'freedraw', 'frame', 'line', 'ellipse', 'diamond'];
  const type = types[ids.indexOf(id) % types.length] ?? 'rectangle';
  const element = { ...validElement(random, id, type), index: random.pick(indexKeys), ...references(random) };
  if (type === 'text') return { ...element, containerId: random.pick([null, someId(random)]) };
  if (type === 'arrow') return { ...element, startBinding: binding(random), endBinding: binding(random) };
  return element;
}

function references(random: Random): { readonly boundElements: unknown; readonly frameId: string | null } {
  const bound = Array.from({ length: random.int(3) }, () => ({
    id: someId(random),
    type: random.pick(['arrow', 'text']),
  }));
  return { boundElements: random.once(5) ? null : bound, frameId: random.pick([null, someId(random)]) };
}

function binding(random: Random): object | null {
  const plain = { elementId: someId(random), focus: -0.333333, gap: 4.444 };
  return random.pick<object | null>([null, plain, { ...plain, fixedPoint: [0.5001, -0.000_01] }]);
}

function racingOp(random: Random): object {
  const id = someId(random);
  const some = Array.from({ length: 1 + random.int(4) }, () => someId(random));
  switch (random.int(9)) {
    case 0:
    case 1:
    case 2:
      return { op: 'put', element: elementOf(random, id) };
    case 3:
      return { op: 'set', id, props: someProps(random, elementOf(random, id)) };
    case 4:
      return { op: 'set', id, props: { index: random.pick(indexKeys), ...references(random) } };
    case 5:
      return { op: 'append', id: 'element-3', n: 1 + random.int(2), points: points(random, 1 + random.int(9)) };
    case 6:
      return { op: 'move', ids: some, dx: random.int(2_000) / 7 - 100, dy: -0.001 };
    case 7:
      return { op: 'remove', ids: some };
    default:
      return { op: 'restore', ids: some };
  }
}

function someProps(random: Random, element: RawElement): object {
  const { id: _id, type: _type, ...props } = element;
  return Object.fromEntries(Object.entries(props).filter(() => random.once(4)));
}
