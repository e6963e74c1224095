import { Rejection, type Tx } from '@atrium/rooms/kind';
import { allElements, getElement } from './board-state.ts';
import { bounds } from './bounds.ts';
import { changesBetween } from './change.ts';
import { problemOf } from './check.ts';
import type { Draft } from './draft.ts';
import type { BoardElement } from './element.ts';
import { hasSameHatch, notedHatchWork } from './hatch.ts';
import { mayDangle, refersTo, withoutDanglingReferences } from './references.ts';
import { bury } from './tombstone.ts';
import { isOrderKey, ZOrder } from './z-order.ts';

/**
 * What happens once when the operations of a command have run: rules that look at more than one property, the z-order,
 * references to what is gone, and then the room is changed. Each costs what the command touched; only for a place in
 * the z-order, for large hatched fills and for references to what went away, the whole board is looked at, once.
 */
export function finishDraft(draft: Draft, tx: Tx, now: number): void {
  const board = new Board(tx);
  demandSound(draft);
  demandDrawable(draft, board);
  grantWishes(draft, board);
  dropDanglingReferences(draft, board);
  write(draft, tx, now);
}

/** What the room has, read at most once. */
class Board {
  readonly #tx: Tx;
  #all: readonly BoardElement[] | null = null;

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  get(id: string): BoardElement | undefined {
    return getElement(this.#tx, id);
  }

  all(): readonly BoardElement[] {
    this.#all ??= allElements(this.#tx);
    return this.#all;
  }

  keys(): string[] {
    return this.all().map(({ index }) => index ?? '');
  }
}

/** Also what is removed again has to be sound: it can be restored. */
function demandSound(draft: Draft): void {
  for (const { before, now, removed } of draft.entries()) {
    for (const element of [now, removed]) {
      const problem = element === undefined || element === before ? null : problemOf(element, before);
      if (problem !== null) throw new Rejection('invalid', problem);
    }
  }
}

/** Counts only when there is more to draw than before, so that a board above the bound still takes what helps. */
function demandDrawable(draft: Draft, board: Board): void {
  let added = 0;
  for (const { before, now } of draft.entries()) {
    const isSame = before === now || (before !== undefined && now !== undefined && hasSameHatch(before, now));
    if (!isSame) added += notedHatchWork(now) - notedHatchWork(before);
  }
  if (added <= 0) return;
  const sum = board.all().reduce((work, element) => work + notedHatchWork(element), added);
  if (sum > bounds.hatchWork.board) {
    throw new Rejection('limit', 'There is too much hatching on this board. Fill some large shapes solid first.');
  }
}

function grantWishes(draft: Draft, board: Board): void {
  const wishes = [...draft.wishes].filter(([id, wish]) => board.get(id)?.index !== wish);
  if (wishes.length === 0) return;
  const wishing = new Set(wishes.map(([id]) => id));
  const free = new Set<string | null>();
  for (const { id, before, now } of draft.entries()) {
    if (before !== undefined && (now === undefined || wishing.has(id))) free.add(before.index);
  }
  const order = new ZOrder(board.keys().filter((key) => !free.has(key)));
  for (const [id, wish] of wishes) {
    const element = draft.get(id);
    if (element !== undefined) draft.put({ ...element, index: order.place(wish) });
  }
}

function dropDanglingReferences(draft: Draft, board: Board): void {
  const lookup = (id: string) => (draft.has(id) ? draft.get(id) : board.get(id));
  const suspects = new Set<string>();
  for (const { id, before, now } of draft.entries()) if (mayDangle(before, now)) suspects.add(id);
  const touched = [...draft.entries()].filter(({ before, now }) => suspects.size > 0 || mayRefer(before, now));
  const others = suspects.size > 0 ? board.all().filter(({ id }) => !draft.has(id)) : [];
  const referring = others.filter((element) => refersTo(element, suspects));
  for (const element of [...touched.map(({ now }) => now), ...referring]) {
    if (element === undefined) continue;
    const kept = withoutDanglingReferences(element, lookup);
    if (kept !== element) draft.put(kept);
  }
}

/** False when all its references were looked at by an earlier command. */
function mayRefer(before: BoardElement | undefined, now: BoardElement | undefined): boolean {
  if (before === undefined || now === undefined) return true;
  if (now.type === 'text' || now.type === 'line' || now.type === 'arrow') return true;
  return before.boundElements !== now.boundElements || before.frameId !== now.frameId;
}

function write(draft: Draft, tx: Tx, now: number): void {
  for (const { id, before, now: after, removed, keptPoints } of draft.entries()) {
    if (after === undefined) {
      if (before !== undefined) tx.remove('element', id);
      if (removed !== undefined) bury(tx, removed === before ? removed : withValidWish(removed), now);
    } else if (before?.type !== after.type) {
      tx.remove('tombstone', id);
      tx.put('element', id, after);
    } else if (after !== before) {
      const changes = changesBetween(before, after, keptPoints);
      if (Object.keys(changes).length > 0) tx.patch('element', id, changes);
    }
  }
}

/** What it asked for was never granted, and may be of any length. */
function withValidWish(element: BoardElement): BoardElement {
  const { index } = element;
  return index === null || isOrderKey(index) ? element : { ...element, index: null };
}
