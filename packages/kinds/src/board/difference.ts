import { isSameJson } from '@atrium/rooms/kind';
import type { BoardElement, Point, StrokeElement } from './element.ts';
import { roundLength } from './number.ts';
import type { BoardOp } from './operation.ts';
import { propertyGroups } from './property-groups.ts';

/**
 * The least that turns `before` (what the server has; undefined: nothing) into `after`. Both are canonical.
 * A changed position alone is a `move`, a stroke that grew is an `append`, everything else is a `set` of whole groups.
 * A missing `index` in `after` means "wherever it is".
 */
export function diffElement(before: BoardElement | undefined, after: BoardElement): BoardOp[] {
  if (before === undefined) return [{ op: 'put', element: after }];
  const { id } = after;
  if (before.type !== after.type)
    return [
      { op: 'remove', ids: [id] },
      { op: 'put', element: after },
    ];

  const ops: BoardOp[] = [];
  const changed = changedKeys(before, after);
  const growth = changed.has('points') ? growthOf(before, after) : null;
  if (growth !== null) for (const key of ['points', 'pressures', 'width', 'height']) changed.delete(key);
  if (isOnlyMoved(changed, after)) {
    ops.push({ op: 'move', ids: [id], dx: shift(before.x, after.x), dy: shift(before.y, after.y) });
    changed.delete('x');
    changed.delete('y');
  }
  if (growth !== null) ops.push(growth);
  if (changed.size > 0) ops.push({ op: 'set', id, props: pickProps(after, withGroups(changed, after)) });
  return ops;
}

/**
 * Joins moves by the same distance into one: a dragged selection is then a list of ids and two numbers.
 * A move goes to the front only when nothing before it is about the same elements.
 */
export function foldMoves(ops: readonly BoardOp[]): BoardOp[] {
  const folded: BoardOp[] = [];
  const moves = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const op of ops) {
    const ids = idsOf(op);
    const earlier = op.op === 'move' ? moves.get(`${op.dx} ${op.dy}`) : undefined;
    if (op.op !== 'move') {
      folded.push(op);
    } else if (earlier !== undefined && !ids.some((id) => seen.has(id))) {
      earlier.push(...ids);
    } else {
      const joined = [...ids];
      moves.set(`${op.dx} ${op.dy}`, joined);
      folded.push({ ...op, ids: joined });
    }
    for (const id of ids) seen.add(id);
  }
  return folded;
}

function idsOf(op: BoardOp): readonly string[] {
  switch (op.op) {
    case 'put':
      return [op.element.id];
    case 'set':
    case 'append':
      return [op.id];
    case 'move':
    case 'remove':
    case 'restore':
      return op.ids;
  }
}

function changedKeys(before: BoardElement, after: BoardElement): Set<string> {
  const changed = new Set<string>();
  for (const [key, value] of Object.entries(after)) {
    if (!isSameJson(value, Reflect.get(before, key))) changed.add(key);
  }
  if (after.index === null) changed.delete('index');
  return changed;
}

/** True when the position changed and nothing that it depends on did. */
function isOnlyMoved(changed: ReadonlySet<string>, { type }: BoardElement): boolean {
  if (!changed.has('x') && !changed.has('y')) return false;
  const geometry = propertyGroups[type].find((group) => group.includes('x')) ?? ['width', 'height'];
  return !geometry.some((key) => key !== 'x' && key !== 'y' && changed.has(key));
}

function shift(from: number, to: number): number {
  return roundLength(to - from);
}

function withGroups(changed: ReadonlySet<string>, element: BoardElement): Set<string> {
  const keys = new Set(changed);
  for (const group of propertyGroups[element.type]) {
    if (group.some((key) => changed.has(key))) for (const key of group) keys.add(key);
  }
  return keys;
}

function pickProps(element: BoardElement, keys: ReadonlySet<string>): { [key: string]: unknown } {
  const props: { [key: string]: unknown } = {};
  for (const key of keys) props[key] = Reflect.get(element, key);
  return props;
}

/** The stroke's new end, when its beginning is the old one. */
function growthOf(before: BoardElement, after: BoardElement): BoardOp | null {
  if (before.type !== 'freedraw' || after.type !== 'freedraw') return null;
  if ((before.pressures.length === 0) !== (after.pressures.length === 0)) return null;
  const n = commonBeginning(before, after);
  if (n === 0 || n >= after.points.length) return null;
  const grown = { op: 'append', id: after.id, n, points: after.points.slice(n) } as const;
  return after.pressures.length === 0 ? grown : { ...grown, pressures: after.pressures.slice(n) };
}

function commonBeginning(before: StrokeElement, after: StrokeElement): number {
  const most = Math.min(before.points.length, after.points.length);
  for (let n = 0; n < most; n += 1) {
    if (!isSamePoint(before.points[n], after.points[n]) || before.pressures[n] !== after.pressures[n]) return n;
  }
  return most;
}

function isSamePoint(a: Point | undefined, b: Point | undefined): boolean {
  return a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];
}
