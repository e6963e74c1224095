import { judge, readElement } from './check.ts';
import { type BoardElement, elementSchemas, isElementType } from './element.ts';
import { withBearableFill } from './hatch.ts';
import { safeLink } from './link.ts';
import { storable } from './string.ts';

/**
 * What a canvas holds, as it would be stored: only the keys that travel, rounded, defaults written out.
 * Both sides of a comparison go through it, so that an untouched element never looks changed.
 * A fill that would stop a page becomes solid, and a link that may not be opened goes: the drawing is worth more.
 * Null for what must not be sent: what the rules refuse, what is removed, shapes without size, strokes of one point,
 * text without letters. Never throws; `canonicalElement(canonicalElement(x))` is `canonicalElement(x)`.
 */
export function canonicalElement(raw: unknown): BoardElement | null {
  if (typeof raw !== 'object' || raw === null || !('type' in raw) || !isElementType(raw.type)) return null;
  const picked = pick(raw, Object.keys(elementSchemas[raw.type].shape));
  const read = readElement(repair(picked));
  const checked = read.ok ? judge(withBearableFill(read.element)) : read;
  return checked.ok && isWorthSending(checked.element) ? checked.element : null;
}

type Loose = { [key: string]: unknown };

function pick(raw: object, keys: readonly string[]): Loose {
  const picked: Loose = {};
  for (const key of keys) {
    const value: unknown = Reflect.get(raw, key);
    if (value !== undefined) picked[key] = value;
  }
  return picked;
}

/** Differences in spelling that an Excalidraw scene may have and that mean the same. */
function repair(loose: Loose): Loose {
  if ('lastCommittedPoint' in loose) loose.lastCommittedPoint = null;
  if (loose.boundElements === null) loose.boundElements = [];
  if (Array.isArray(loose.boundElements)) loose.boundElements = pickEach(loose.boundElements, ['id', 'type']);
  if (isObject(loose.roundness)) loose.roundness = pick(loose.roundness, ['type', 'value']);
  if (Array.isArray(loose.fixedSegments)) {
    loose.fixedSegments = pickEach(loose.fixedSegments, ['start', 'end', 'index']);
  }
  if (typeof loose.link === 'string') loose.link = safeLink(loose.link);
  for (const key of ['text', 'originalText', 'name']) {
    const value = loose[key];
    if (typeof value === 'string') loose[key] = storable(value);
  }
  for (const key of ['startBinding', 'endBinding']) {
    const value = loose[key];
    if (isObject(value)) loose[key] = repairBinding(value);
  }
  turnAround(loose, 'x', 'width');
  turnAround(loose, 'y', 'height');
  return loose;
}

function repairBinding(binding: object): Loose {
  const picked = pick(binding, ['elementId', 'focus', 'gap', 'fixedPoint']);
  if (typeof picked.focus !== 'number' || !Number.isFinite(picked.focus)) picked.focus = 0;
  if (picked.fixedPoint === null) delete picked.fixedPoint;
  return picked;
}

/** A negative size is the same shape seen from its other corner. */
function turnAround(loose: Loose, start: 'x' | 'y', size: 'width' | 'height'): void {
  const [from, length] = [loose[start], loose[size]];
  if (typeof from !== 'number' || typeof length !== 'number' || length >= 0) return;
  loose[start] = from + length;
  loose[size] = -length;
}

function pickEach(values: readonly unknown[], keys: readonly string[]): unknown[] {
  return values.map((value) => (isObject(value) ? pick(value, keys) : value));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isWorthSending(element: BoardElement): boolean {
  if (element.type === 'freedraw' || element.type === 'line' || element.type === 'arrow') {
    return element.points.length > 1;
  }
  return element.width > 0 || element.height > 0;
}
