import { bounds } from './bounds.ts';
import {
  type BoardElement,
  elementSchemas,
  isElementType,
  type LineElement,
  type Point,
  type StrokeElement,
} from './element.ts';
import { elementDefaults } from './element-defaults.ts';
import { type Growth, grow, settle } from './settle.ts';

export type Checked =
  | { readonly ok: true; readonly element: BoardElement }
  /** `sentence` is for the person who drew; it repeats nothing of what was sent. */
  | { readonly ok: false; readonly sentence: string };

/**
 * The only way into a board, used on both sides: the element complete, settled and inside every bound, or why not.
 * Properties that are missing get Excalidraw's defaults; a property that is not one of the type's is refused.
 */
export function checkElement(raw: unknown): Checked {
  if (!isPlainObject(raw)) return refuse('An element must be an object.');
  const { type } = raw;
  if (!isElementType(type)) return refuse('This type of element can not be on a board.');
  const text = type === 'text' && !Object.hasOwn(raw, 'originalText') ? { originalText: raw.text } : {};
  const parsed = elementSchemas[type].safeParse({ ...elementDefaults[type], ...text, ...raw });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse(`This ${type} can not be on a board: ${issue === undefined ? 'it is malformed' : explain(issue)}.`);
  }
  return accept(settle(parsed.data));
}

function accept(element: BoardElement): Checked {
  const problem = problemOf(element);
  return problem === null ? { ok: true, element } : refuse(problem);
}

/** What the element would be with these properties, checked as a whole: two changes can be wrong only together. */
export function checkChanged(element: BoardElement, props: { readonly [key: string]: unknown }): Checked {
  if (Object.hasOwn(props, 'id') || Object.hasOwn(props, 'type')) {
    return refuse('The id and the type of an element can not be changed.');
  }
  const keepsPoints = !Object.hasOwn(props, 'points') && !Object.hasOwn(props, 'pressures');
  if (keepsPoints && (element.type === 'freedraw' || element.type === 'line')) return checkWithout(element, props);
  return checkElement({ ...element, ...props });
}

/** Points that stay as they were checked are not looked at again: there may be 5,000, and 500 changes in a command. */
function checkWithout(element: StrokeElement | LineElement, props: { readonly [key: string]: unknown }): Checked {
  const { points, width, height } = element;
  const kept =
    element.type === 'line' ? { points, width, height } : { points, width, height, pressures: element.pressures };
  const stand = { points: stub, ...(element.type === 'freedraw' && { pressures: [] }) };
  const checked = checkElement({ ...element, ...props, ...stand });
  return checked.ok ? accept({ ...checked.element, ...kept }) : checked;
}

const stub: readonly Point[] = [
  [0, 0],
  [1, 1],
];

/** A stroke that keeps its first `n` points and gets these, which were checked when the command was read. */
export function checkGrown(stroke: StrokeElement, added: Growth): Checked {
  const grown = grow(stroke, added);
  if (grown.points.length > bounds.strokePoints.max) {
    return refuse(`A stroke has at most ${bounds.strokePoints.max} points.`);
  }
  return accept(grown);
}

export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function problemOf(element: BoardElement): string | null {
  const longest = Math.max(element.width, element.height);
  if (longest > bounds.side) return `An element can be at most ${bounds.side} wide and high.`;
  const isHatched = element.fillStyle !== 'solid' && !isTransparent(element.backgroundColor);
  if (isHatched && longest > bounds.hatchedSide) {
    return `A shape with a hatched fill can be at most ${bounds.hatchedSide} wide and high.`;
  }
  if (isHatched && hatchLines(element) > bounds.hatchLines) {
    return 'This shape is too intricate for a hatched fill. A solid one works.';
  }
  if (new Set(element.groupIds).size < element.groupIds.length) return 'An element is in a group only once.';
  if (element.type === 'freedraw' && element.pressures.length > 0) {
    if (element.pressures.length !== element.points.length) return 'A stroke has one pressure for each point, or none.';
  }
  return null;
}

/**
 * About how many lines a canvas draws into a hatched outline: rough.js lays them four stroke widths apart and cuts each
 * at every edge that it meets, so there are as many as the outline is long in these steps.
 */
function hatchLines(element: BoardElement): number {
  if (element.type !== 'line' && element.type !== 'freedraw') return 0;
  let length = 0;
  let before: Point | undefined;
  for (const point of element.points) {
    if (before !== undefined) length += Math.hypot(point[0] - before[0], point[1] - before[1]);
    before = point;
  }
  return ((element.fillStyle === 'cross-hatch' ? 2 : 1) * length) / (4 * element.strokeWidth);
}

function isTransparent(colour: string): boolean {
  return colour === 'transparent';
}

function explain(issue: { readonly code: string; readonly message: string; readonly path: readonly PropertyKey[] }) {
  if (issue.code === 'unrecognized_keys') return 'it has a property that is not known';
  return `${issue.path.join('.')}: ${issue.message}`.slice(0, 200);
}

function refuse(sentence: string): Checked {
  return { ok: false, sentence };
}
