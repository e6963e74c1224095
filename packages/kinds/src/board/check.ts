import type { z } from 'zod';
import { bounds } from './bounds.ts';
import { type BoardElement, elementSchemas, isElementType } from './element.ts';
import { elementDefaults } from './element-defaults.ts';
import { hasSameHatch, isTooMuchHatch } from './hatch.ts';
import { settle } from './settle.ts';

export type Checked =
  | { readonly ok: true; readonly element: BoardElement }
  /** `sentence` is for the person who drew; it repeats nothing of what was sent. */
  | { readonly ok: false; readonly sentence: string };

/**
 * The only way into a board, used on both sides: the element complete, settled and inside every bound, or why not.
 * Properties that are missing get Excalidraw's defaults; a property that is not one of the type's is refused.
 */
export function checkElement(raw: unknown): Checked {
  const read = readElement(raw);
  return read.ok ? judge(read.element) : read;
}

/** The element complete and settled, with each property inside its bounds; `judge` looks at them together. */
export function readElement(raw: unknown): Checked {
  if (!isPlainObject(raw)) return refuse('An element must be an object.');
  const { type } = raw;
  if (!isElementType(type)) return refuse('This type of element can not be on a board.');
  const text = type === 'text' && !Object.hasOwn(raw, 'originalText') ? { originalText: raw.text } : {};
  const parsed = elementSchemas[type].safeParse({ ...elementDefaults[type], ...text, ...raw });
  if (!parsed.success) return refuse(sentenceOf(type, parsed.error.issues[0]));
  return { ok: true, element: settle(parsed.data) };
}

export function judge(element: BoardElement): Checked {
  const problem = problemOf(element);
  return problem === null ? { ok: true, element } : refuse(problem);
}

/**
 * What the element would be with these properties. Looks at them alone, so that a colour costs the same on a dot and on
 * a long stroke. Two changes can be wrong only together: `problemOf` tells that once all are made.
 */
export function checkChanged(element: BoardElement, props: { readonly [key: string]: unknown }): Checked {
  const { type } = element;
  const schemas: { readonly [key: string]: z.ZodType } = elementSchemas[type].shape;
  const values: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(props)) {
    if (key === 'id' || key === 'type') return refuse('The id and the type of an element can not be changed.');
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (schema === undefined) return refuse(sentenceOf(type, { code: 'unrecognized_keys', message: '', path: [] }));
    const parsed = schema.safeParse(value);
    if (!parsed.success) return refuse(sentenceOf(type, parsed.error.issues[0], key));
    values[key] = parsed.data;
  }
  const changed = { ...element, ...values };
  return isStillElement(changed) ? { ok: true, element: settle(changed, element) } : refuse('This is no element.');
}

export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What is wrong with properties that are fine by themselves; null when nothing is. `before` was fine already. */
export function problemOf(element: BoardElement, before?: BoardElement): string | null {
  const longest = Math.max(element.width, element.height);
  if (longest > bounds.side) return `An element can be at most ${bounds.side} wide and high.`;
  if ((before === undefined || !hasSameHatch(before, element)) && isTooMuchHatch(element)) {
    return 'This shape is too large for a hatched fill. Make it smaller or simpler, or fill it solid.';
  }
  if (element.groupIds !== before?.groupIds && new Set(element.groupIds).size < element.groupIds.length) {
    return 'An element is in a group only once.';
  }
  if (element.type === 'freedraw' && element.pressures.length > 0) {
    if (element.pressures.length !== element.points.length) return 'A stroke has one pressure for each point, or none.';
  }
  return null;
}

/** Each of its properties has passed the schema of its type, so the type tells its shape. */
function isStillElement(value: { readonly type: unknown }): value is BoardElement {
  return isElementType(value.type);
}

interface Issue {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

function sentenceOf(type: string, issue: Issue | undefined, ...outer: readonly string[]): string {
  return `This ${type} can not be on a board: ${issue === undefined ? 'it is malformed' : explain(issue, outer)}.`;
}

function explain({ code, message, path }: Issue, outer: readonly string[]): string {
  if (code === 'unrecognized_keys') return 'it has a property that is not known';
  return `${[...outer, ...path].join('.')}: ${message}`.slice(0, 200);
}

function refuse(sentence: string): Checked {
  return { ok: false, sentence };
}
