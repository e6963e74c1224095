import type { Json } from './record.ts';

/**
 * What may become part of a room: JSON that every implementation of the log stores exactly. PostgreSQL's jsonb has no
 * NUL and no lone surrogate; keys such as `__proto__` would be read by JavaScript as something else than data.
 */

const unsafeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const deepest = 32;

export function isStorableText(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}

/** True for an id, a collection or a property name that is nothing but data. */
export function isSafeKey(key: string): boolean {
  return key !== '' && key.length <= 200 && !unsafeKeys.has(key) && isStorableText(key);
}

/** What is wrong with `value` as part of a record, as a clause ("holds a number that is not finite"); null when nothing is. */
export function flawOf(value: unknown, depth = 0): string | null {
  if (depth > deepest) return 'is nested too deeply';
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') return isStorableText(value) ? null : 'holds text that cannot be stored';
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'holds a number that is not finite';
  if (typeof value !== 'object') return 'holds something that is not JSON';
  if (Array.isArray(value)) return flawOfAll(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return 'holds something that is not JSON';
  const badKey = Object.keys(value).find((key) => !isSafeKey(key));
  return badKey === undefined ? flawOfAll(Object.values(value), depth) : 'has a name that cannot be used';
}

function flawOfAll(values: readonly unknown[], depth: number): string | null {
  for (const value of values) {
    const flaw = flawOf(value, depth + 1);
    if (flaw !== null) return flaw;
  }
  return null;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Equality of JSON, whatever the order of keys. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (isList(a) || isList(b)) {
    return isList(a) && isList(b) && a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}
