import { hostileElement } from './hostile-element.ts';
import { hostileProperty, withProperty } from './hostile-value.ts';
import { createRandom, type Random } from './random.ts';
import { elementTypes, points, type RawElement, validElement } from './valid-element.ts';

export interface RawCommand {
  readonly name: string;
  readonly input: unknown;
}

/** One valid element of each type, `victim-<type>`: `hostileCommands` aims at them. Put them on the board first. */
export function victims(): RawElement[] {
  const random = createRandom(1);
  return elementTypes.map((type) => validElement(random, `victim-${type}`, type));
}

/** `count` commands that must all be refused on a board that holds the `victims`, whoever sends them. */
export function hostileCommands(seed: number, count: number): RawCommand[] {
  const random = createRandom(seed);
  const targets = victims();
  return Array.from({ length: count }, (_, at) => hostileCommand(random, targets, at));
}

// The large ones are made once: a test sends thousands of commands.
const tooManyOps = Array.from({ length: 501 }, () => ({ op: 'remove', ids: ['a'] }));
const tooManyIds = Array.from({ length: 6_000 }, (_, at) => `${at}-${'x'.repeat(34)}`.slice(0, 40));
const tooManyPoints = Array.from({ length: 5_000 }, () => [1, 1]);

function hostileCommand(random: Random, targets: readonly RawElement[], at: number): RawCommand {
  if (random.once(20)) return { name: random.pick(['', 'eval', '__proto__', 'constructor', 'toString']), input: {} };
  if (random.once(10)) return otherCommand(random);
  const op = hostileOp(random, targets, at);
  // The good half of an atomic command must not stay behind.
  const good = { op: 'put', element: validElement(random, `innocent-${at}`) };
  return { name: 'edit', input: hostileInput(random, random.once(2) ? [op] : [good, op]) };
}

function hostileInput(random: Random, ops: readonly unknown[]): unknown {
  if (!random.once(12)) return { ops };
  return random.pick<unknown>([
    null,
    [],
    'ops',
    {},
    { ops: null },
    { ops: [] },
    { ops: {} },
    { ops: [null] },
    { ops, now: 1 },
    { ops: tooManyOps },
    { ops: [{ op: 'remove', ids: tooManyIds }] },
  ]);
}

function otherCommand(random: Random): RawCommand {
  return random.pick<RawCommand>([
    { name: 'clear', input: null },
    { name: 'clear', input: { everything: true } },
    { name: 'lock', input: {} },
    { name: 'lock', input: { ids: [], locked: true } },
    { name: 'lock', input: { ids: ['victim-text'], locked: 'yes' } },
    { name: 'lock', input: { ids: ['nobody-knows'], locked: true } },
    { name: 'lock', input: { ids: ['__proto__'], locked: true } },
    { name: 'setMeta', input: {} },
    { name: 'setMeta', input: { background: 'url(https://evil.example)' } },
    { name: 'setMeta', input: { background: '#fff', theme: 'dark' } },
    { name: 'setMeta', input: { background: null } },
  ]);
}

function hostileOp(random: Random, targets: readonly RawElement[], at: number): unknown {
  const target = random.pick(targets);
  const stroke = { op: 'append', id: 'victim-freedraw', n: 1, points: points(random, 2) };
  switch (random.int(8)) {
    case 0:
    case 1:
      return { op: 'put', element: hostileElement(random, `hostile-${at}`) };
    case 2:
    case 3:
    case 4: {
      const props = withProperty({ opacity: 50 }, hostileProperty(random, Object.keys(target)));
      return { op: 'set', id: target.id, props: random.once(8) ? random.pick([null, [], 'x', { id: 'b' }]) : props };
    }
    case 5:
      return random.pick<unknown>([
        { ...stroke, n: -1 },
        { ...stroke, n: 1.5 },
        { ...stroke, n: 4_000 },
        { ...stroke, n: '1' },
        { ...stroke, points: [] },
        { ...stroke, points: null },
        { ...stroke, points: [[NaN, 1]] },
        { ...stroke, points: [[60_000, 1]] },
        { ...stroke, points: tooManyPoints },
        { ...stroke, pressures: [0.5, 0.5, 0.5, 0.5] },
        { ...stroke, pressures: [7, 7] },
        { ...stroke, id: 'victim-line' },
        { ...stroke, id: 'nobody-knows' },
      ]);
    case 6: {
      const move = { op: 'move', ids: [target.id], dx: 1, dy: 1 };
      return random.pick<unknown>([
        { ...move, dx: NaN },
        { ...move, dx: Infinity },
        { ...move, dy: '5' },
        { ...move, dy: null },
        { ...move, dx: 1_999_999 },
        { ...move, dx: 1e308 },
        { ...move, ids: [] },
        { ...move, ids: target.id },
        { ...move, ids: [target.id, 'nobody-knows'] },
        { ...move, ids: ['__proto__'] },
      ]);
    }
    default:
      return random.pick<unknown>([
        null,
        'remove',
        {},
        { op: 'evaluate', id: target.id },
        { op: '__proto__' },
        { op: 'remove', ids: null },
        { op: 'remove', ids: [target.id], force: true },
        { op: 'remove', ids: ['constructor'] },
        { op: 'restore', ids: ['nobody-knows'] },
        { op: 'restore', ids: [5] },
        { op: 'set', id: 'nobody-knows', props: { x: 1 } },
        { op: 'put', element: otherType(target) },
      ]);
  }
}

/** A whole element under an id that belongs to an element of another type. */
function otherType(target: RawElement): RawElement {
  const random = createRandom(2);
  return validElement(random, target.id, target.type === 'ellipse' ? 'diamond' : 'ellipse');
}
