import { type CommandContext, Rejection, type Tx } from '@atrium/rooms/kind';
import { bounds } from './bounds.ts';
import { changedKeys } from './change.ts';
import { checkChanged } from './check.ts';
import { Draft } from './draft.ts';
import type { BoardElement } from './element.ts';
import { finishDraft } from './finish-draft.ts';
import { roundLength } from './number.ts';
import type { BoardOp, EditInput } from './operation.ts';
import { buried, isBuried, sweepTombstones } from './tombstone.ts';

/**
 * Runs the operations of one `edit`, in their order, all or none. Later commands win property by property.
 * An edit of an element that was just removed does nothing: it neither fails nor brings it back.
 */
export function edit(tx: Tx, { ops }: EditInput, ctx: CommandContext): void {
  demandFewNames(ops);
  const draft = new Draft(tx);
  const running = new Edit({ tx, draft, ctx });
  for (const op of ops) running.apply(op);
  finishDraft(draft, tx, ctx.now);
  sweepTombstones(tx, ctx.now);
}

/** An id costs a few bytes to send and a whole element to look at. */
function demandFewNames(ops: readonly BoardOp[]): void {
  let names = 0;
  for (const op of ops) if ('ids' in op) names += op.ids.length;
  if (names <= bounds.namesPerCommand) return;
  throw new Rejection(
    'limit',
    `This is too much at once: a command moves, removes and restores at most ${bounds.namesPerCommand} elements.`,
  );
}

type OpOf<Name extends BoardOp['op']> = Extract<BoardOp, { op: Name }>;

class Edit {
  readonly #tx: Tx;
  readonly #draft: Draft;
  readonly #ctx: CommandContext;

  constructor({ tx, draft, ctx }: { readonly tx: Tx; readonly draft: Draft; readonly ctx: CommandContext }) {
    this.#tx = tx;
    this.#draft = draft;
    this.#ctx = ctx;
  }

  apply(op: BoardOp): void {
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
    const before = this.#draft.get(element.id);
    if (before === undefined) {
      if (element.locked) this.#demandOwner();
      return this.#add(element);
    }
    if (before.type !== element.type) throw new Rejection('conflict', 'There is another element with this id.');
    this.#change(before, element);
  }

  #set({ id, props }: OpOf<'set'>): void {
    const before = (isAboutPoints(props) ? this.#draft.get(id) : this.#draft.peek(id)) ?? this.#nothing(id);
    if (before === null) return;
    const changed = checkChanged(before, props);
    if (!changed.ok) throw new Rejection('invalid', changed.sentence);
    this.#change(before, changed.element);
  }

  #append({ id, n, points, pressures }: OpOf<'append'>): void {
    const stroke = this.#draft.peek(id) ?? this.#nothing(id);
    if (stroke === null) return;
    if (stroke.type !== 'freedraw') throw new Rejection('invalid', 'Only a freehand stroke can grow.');
    this.#demandUnlocked(stroke);
    this.#draft.grow(stroke, n, { points, pressures: pressures ?? [] });
  }

  #move({ ids, dx, dy }: OpOf<'move'>): void {
    for (const id of new Set(ids)) {
      const element = this.#draft.peek(id) ?? this.#nothing(id);
      if (element === null) continue;
      this.#demandUnlocked(element);
      const [x, y] = [roundLength(element.x + dx), roundLength(element.y + dy)];
      if (Math.max(Math.abs(x), Math.abs(y)) > bounds.coordinate) {
        throw new Rejection('invalid', 'This is too far away from the middle of the board.');
      }
      this.#draft.put({ ...element, x, y });
    }
  }

  /** An element that is not there is what was wanted. */
  #remove({ ids }: OpOf<'remove'>): void {
    for (const id of ids) {
      const element = this.#draft.get(id);
      if (element === undefined) continue;
      this.#demandUnlocked(element);
      this.#draft.remove(id);
    }
  }

  #restore({ ids }: OpOf<'restore'>): void {
    for (const id of ids) {
      if (this.#draft.get(id) !== undefined) continue;
      const element = this.#draft.removed(id) ?? buried(this.#tx, id, this.#ctx.now);
      if (element === undefined) throw unknown();
      this.#add(element);
    }
  }

  #add(element: BoardElement): void {
    this.#draft.put(element);
    this.#draft.wish(element.id, element.index);
  }

  /** Null for an element that was removed a moment ago, whose edits are dropped; throws for one nobody knows. */
  #nothing(id: string): null {
    if (this.#draft.removed(id) !== undefined || isBuried(this.#tx, id, this.#ctx.now)) return null;
    throw unknown();
  }

  #change(before: BoardElement, wanted: BoardElement): void {
    const after = { ...wanted, index: this.#indexFor(before, wanted.index) };
    const keys = changedKeys(before, after);
    if (keys.length === 0) return;
    if (keys.includes('locked')) this.#demandOwner();
    // What others bind to a locked element shows on them, not on it.
    if (keys.some((key) => key !== 'boundElements')) this.#demandUnlocked(before);
    this.#draft.put(after);
    if (after.index !== before.index) this.#draft.wish(before.id, after.index);
  }

  /** The key that it asks for, which is granted when the command has run. */
  #indexFor(before: BoardElement, wanted: string | null): string | null {
    const isFixed = wanted === null || (before.locked && !this.#isOwner());
    return isFixed ? before.index : wanted;
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

function isAboutPoints(props: object): boolean {
  return ['points', 'pressures', 'width', 'height'].some((key) => Object.hasOwn(props, key));
}

function unknown(): Rejection {
  return new Rejection('unknown', 'This element is not on the board any more.');
}
