import { Rejection, type StateReader } from '@atrium/rooms/kind';
import { getElement } from './board-state.ts';
import { bounds } from './bounds.ts';
import type { BoardElement, Point, StrokeElement } from './element.ts';
import { roundLength } from './number.ts';
import { roundPoints, sizeOf } from './settle.ts';

/** What a command has made of one element so far. */
interface Drafted {
  readonly id: string;
  /** What the room has. */
  readonly before: BoardElement | undefined;
  now: BoardElement | undefined;
  /** As it was when the command removed it. */
  removed: BoardElement | undefined;
  /** So many of the first points of `before` are still the first ones. */
  keptPoints: number;
  /** Points that `now` does not have yet. */
  growth: Growth | null;
}

interface Growth {
  readonly points: Point[];
  readonly pressures: number[];
}

/**
 * What one command makes of the elements that it touches. The room has nothing of it before the end: an element that a
 * command changes 500 times is judged and written once, and one that is gone again by then is not written at all.
 */
export class Draft {
  readonly #state: StateReader;
  readonly #drafted = new Map<string, Drafted>();
  /** Keys that elements ask for, in the order in which they asked last; null: on top of everything. */
  readonly #wishes = new Map<string, string | null>();

  constructor(state: StateReader) {
    this.#state = state;
  }

  get wishes(): Iterable<readonly [id: string, wish: string | null]> {
    return this.#wishes;
  }

  /** Everything that was touched, also what did not change. */
  entries(): Iterable<Drafted> {
    for (const drafted of this.#drafted.values()) ripen(drafted);
    return this.#drafted.values();
  }

  has(id: string): boolean {
    return this.#drafted.has(id);
  }

  get(id: string): BoardElement | undefined {
    return this.#of(id).now;
  }

  /** As the command removed it; undefined when it did not. */
  removed(id: string): BoardElement | undefined {
    return this.#of(id).removed;
  }

  /** As `get`, but for the points that `grow` added. */
  peek(id: string): BoardElement | undefined {
    return (this.#drafted.get(id) ?? this.#of(id)).now;
  }

  put(element: BoardElement): void {
    const drafted = this.#drafted.get(element.id) ?? this.#of(element.id);
    if (drafted.now === undefined || !hasSamePoints(drafted.now, element)) {
      drafted.keptPoints = 0;
      drafted.growth = null;
    }
    drafted.now = element;
  }

  wish(id: string, key: string | null): void {
    this.#wishes.delete(id);
    this.#wishes.set(id, key);
  }

  remove(id: string): void {
    const drafted = this.#of(id);
    drafted.removed = drafted.now;
    drafted.now = undefined;
    this.#wishes.delete(id);
  }

  /** Keeps the first `n` points of a stroke and adds these. What it covers then is worked out when it is asked for. */
  grow(
    stroke: StrokeElement,
    n: number,
    added: { readonly points: readonly Point[]; readonly pressures: readonly number[] },
  ): void {
    const drafted = this.#drafted.get(stroke.id) ?? this.#of(stroke.id);
    drafted.growth ??= { points: [...stroke.points], pressures: [...stroke.pressures] };
    const { points, pressures } = drafted.growth;
    if (n > points.length) throw new Rejection('conflict', 'What this continues is not there any more.');
    if (n + added.points.length > bounds.strokePoints.max) {
      throw new Rejection('invalid', `A stroke has at most ${bounds.strokePoints.max} points.`);
    }
    drafted.keptPoints = Math.min(drafted.keptPoints, n);
    points.length = n;
    for (const point of roundPoints(added.points)) points.push(point);
    pressures.length = Math.min(pressures.length, n);
    for (const pressure of added.pressures) pressures.push(roundLength(pressure));
    if (pressures.length > 0 && pressures.length !== points.length) {
      throw new Rejection('invalid', 'A stroke has one pressure for each point, or none.');
    }
  }

  #of(id: string): Drafted {
    const known = this.#drafted.get(id);
    if (known !== undefined) return ripen(known);
    const before = getElement(this.#state, id);
    const drafted = { id, before, now: before, removed: undefined, keptPoints: Infinity, growth: null };
    this.#drafted.set(id, drafted);
    return drafted;
  }
}

function ripen(drafted: Drafted): Drafted {
  const { growth, now } = drafted;
  if (growth === null || now?.type !== 'freedraw') return drafted;
  drafted.now = { ...now, ...growth, ...sizeOf(growth.points) };
  drafted.growth = null;
  return drafted;
}

function hasSamePoints(a: BoardElement, b: BoardElement): boolean {
  if (a.type === 'freedraw' && b.type === 'freedraw') return a.points === b.points && a.pressures === b.pressures;
  return a.type !== 'freedraw' && b.type !== 'freedraw';
}
