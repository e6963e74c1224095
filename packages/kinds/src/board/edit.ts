import {
  type CommandContext,
  isSameJson,
  type PropChange,
  Rejection,
  type RoomRecord,
  type Tx,
} from '@atrium/rooms/kind';
import { eachElement, getElement } from './board-state.ts';
import { bounds } from './bounds.ts';
import { type Checked, checkChanged, checkGrown } from './check.ts';
import type { BoardElement, StrokeElement } from './element.ts';
import { roundLength } from './number.ts';
import type { BoardOp, EditInput } from './operation.ts';
import { withoutDanglingReferences } from './references.ts';
import { bury, exhume, isBuried, sweepTombstones } from './tombstone.ts';
import { ZOrder } from './z-order.ts';

/**
 * Runs the operations of one `edit`, in their order, all or none. Later commands win property by property.
 * An edit of an element that was just removed does nothing: it neither fails nor brings it back.
 */
export function edit(tx: Tx, input: EditInput, ctx: CommandContext): void {
  sweepTombstones(tx, ctx.now);
  new Edit(tx, ctx).run(input.ops);
}

type OpOf<Name extends BoardOp['op']> = Extract<BoardOp, { op: Name }>;

class Edit {
  readonly #tx: Tx;
  readonly #ctx: CommandContext;
  /** Their own references are looked at when all operations have run. */
  readonly #changed = new Set<string>();
  /** Set when something that others may point at went away or became a label. */
  #mayDangle = false;
  /** Built when first needed: most commands move or grow what is there. */
  #order: ZOrder | null = null;

  constructor(tx: Tx, ctx: CommandContext) {
    this.#tx = tx;
    this.#ctx = ctx;
  }

  run(ops: readonly BoardOp[]): void {
    const named = ops.reduce((sum, op) => sum + ('ids' in op ? op.ids.length : 1), 0);
    if (named > bounds.idsPerCommand) throw new Rejection('limit', 'This changes too much at once. Select less of it.');
    for (const op of ops) this.#apply(op);
    this.#dropDanglingReferences();
    sweepTombstones(this.#tx, this.#ctx.now);
  }

  #apply(op: BoardOp): void {
    switch (op.op) {
      case 'put':
        return this.#put(op.element);
      case 'set':
        return this.#set(op);
      case 'append':
        return this.#append(op);
      case 'move':
        return this.#move(op);
      case 'remove':
        return this.#remove(op);
      case 'restore':
        return this.#restore(op);
    }
  }

  /** For an id that is there: all its values, if it is of the same type. Two people may answer `unknown` with a put. */
  #put(element: BoardElement): void {
    const before = getElement(this.#tx, element.id);
    if (before === undefined) return this.#add(element);
    if (before.type !== element.type) throw new Rejection('conflict', 'There is another element with this id.');
    this.#change(before, element);
  }

  #add(element: BoardElement): void {
    if (element.locked) this.#demandOwner();
    this.#tx.remove('tombstone', element.id);
    this.#store({ ...element, index: this.#zOrder().place(element.index) });
  }

  #set({ id, props }: OpOf<'set'>): void {
    const before = this.#find(id);
    if (before !== null) this.#change(before, accepted(checkChanged(before, props)));
  }

  #append({ id, n, points, pressures }: OpOf<'append'>): void {
    const stroke = this.#find(id);
    if (stroke === null) return;
    if (stroke.type !== 'freedraw') throw new Rejection('invalid', 'Only a freehand stroke can grow.');
    this.#demandUnlocked(stroke);
    const grown = accepted(checkGrown(stroke, { n, points, pressures: pressures ?? [] }));
    this.#tx.patch('element', id, growth(stroke, grown, n));
  }

  #move({ ids, dx, dy }: OpOf<'move'>): void {
    for (const id of new Set(ids)) {
      const element = this.#find(id);
      if (element === null) continue;
      this.#demandUnlocked(element);
      const [x, y] = [roundLength(element.x + dx), roundLength(element.y + dy)];
      if (Math.max(Math.abs(x), Math.abs(y)) > bounds.coordinate) {
        throw new Rejection('invalid', 'This is too far away from the middle of the board.');
      }
      this.#tx.patch('element', id, { x: ['set', x], y: ['set', y] });
    }
  }

  /** An element that is not there is what was wanted. */
  #remove({ ids }: OpOf<'remove'>): void {
    for (const id of ids) {
      const element = getElement(this.#tx, id);
      if (element === undefined) continue;
      this.#demandUnlocked(element);
      if (element.index !== null) this.#order?.release(element.index);
      bury(this.#tx, element, this.#ctx.now);
      this.#tx.remove('element', id);
      this.#changed.delete(id);
      this.#mayDangle = true;
    }
  }

  #restore({ ids }: OpOf<'restore'>): void {
    for (const id of ids) {
      if (getElement(this.#tx, id) !== undefined) continue;
      const element = exhume(this.#tx, id);
      if (element === undefined) throw unknown();
      this.#store({ ...element, index: this.#zOrder().place(element.index) });
    }
  }

  /** Null for an element that was removed a moment ago, whose edits are dropped; throws for one nobody knows. */
  #find(id: string): BoardElement | null {
    const element = getElement(this.#tx, id);
    if (element !== undefined) return element;
    if (isBuried(this.#tx, id)) return null;
    throw unknown();
  }

  #change(before: BoardElement, wanted: BoardElement): void {
    const after = { ...wanted, index: this.#indexFor(before, wanted.index) };
    const changes = changesBetween(before, after);
    const keys = Object.keys(changes);
    if (keys.length === 0) return;
    if (keys.includes('locked')) this.#demandOwner();
    // What others bind to a locked element shows on them, not on it.
    if (keys.some((key) => key !== 'boundElements')) this.#demandUnlocked(before);
    this.#tx.patch('element', before.id, changes);
    this.#changed.add(before.id);
    if (keys.includes('containerId')) this.#mayDangle = true;
  }

  #indexFor(before: BoardElement, wanted: string | null): string | null {
    const isFixed = wanted === null || (before.locked && !this.#isOwner());
    if (isFixed || before.index === null || wanted === before.index) return before.index;
    this.#zOrder().release(before.index);
    return this.#zOrder().place(wanted);
  }

  #store(element: BoardElement): void {
    this.#tx.put('element', element.id, element);
    this.#changed.add(element.id);
  }

  #zOrder(): ZOrder {
    this.#order ??= new ZOrder(keysOf(this.#tx));
    return this.#order;
  }

  #dropDanglingReferences(): void {
    const lookup = (id: string) => getElement(this.#tx, id);
    const looked = this.#mayDangle
      ? [...eachElement(this.#tx)]
      : [...this.#changed].map((id) => getElement(this.#tx, id));
    for (const element of looked) {
      if (element === undefined) continue;
      const kept = withoutDanglingReferences(element, lookup);
      if (kept !== element) this.#tx.patch('element', element.id, changesBetween(element, kept));
    }
  }

  #isOwner(): boolean {
    return this.#ctx.actor.role === 'owner';
  }

  #demandOwner(): void {
    if (!this.#isOwner()) throw new Rejection('forbidden', 'Only an owner can lock and unlock elements.');
  }

  #demandUnlocked(element: BoardElement): void {
    if (element.locked && !this.#isOwner()) throw new Rejection('forbidden', 'An owner has locked this element.');
  }
}

function accepted(result: Checked): BoardElement {
  if (!result.ok) throw new Rejection('invalid', result.sentence);
  return result.element;
}

function changesBetween(before: RoomRecord, after: RoomRecord): { readonly [key: string]: PropChange } {
  const changes: { [key: string]: PropChange } = {};
  for (const [key, value] of Object.entries(after)) {
    if (!isSameJson(before[key], value)) changes[key] = ['set', value];
  }
  return changes;
}

/** The changes of a stroke whose first `n` points stay; a transaction refuses to append behind a gap. */
function growth(stroke: StrokeElement, grown: BoardElement, n: number): { readonly [key: string]: PropChange } {
  if (grown.type !== 'freedraw') return {};
  const { points, pressures, width, height } = grown;
  const kept = Math.min(n, stroke.pressures.length);
  return {
    points: ['append', points.slice(n), n],
    pressures: ['append', pressures.slice(kept), kept],
    width: ['set', width],
    height: ['set', height],
  };
}

function* keysOf(tx: Tx): Iterable<string> {
  for (const { index } of eachElement(tx)) if (index !== null) yield index;
}

function unknown(): Rejection {
  return new Rejection('unknown', 'This element is not on the board any more.');
}
