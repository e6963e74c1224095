/**
 * What an element on the canvas becomes when the server's version of it changed, property by property:
 * a property that this browser has changed and the server has not yet answered for stays; all others follow the server.
 */
import { type BoardElement, propertyGroups } from '@atrium/kinds/board';
import { isSameJson } from '@atrium/rooms/kind';

/** The properties in which two elements differ. */
export function differentKeys(before: object, after: object): Set<string> {
  const keys = new Set<string>();
  for (const [key, value] of Object.entries(after)) {
    if (!isSameJson(Reflect.get(before, key), value)) keys.add(key);
  }
  for (const key of Object.keys(before)) if (!(key in after)) keys.add(key);
  return keys;
}

/** With a property come all those that only make sense together with it. */
function withGroups(type: BoardElement['type'], keys: Iterable<string>): Set<string> {
  const held = new Set(keys);
  for (const group of propertyGroups[type]) {
    if (group.some((key) => held.has(key))) for (const key of group) held.add(key);
  }
  return held;
}

export interface MergeInput {
  /** What the server was believed to have once everything sent is accepted. */
  readonly shadow: BoardElement;
  /** What the server has. */
  readonly confirmed: BoardElement;
  /** Properties that were sent and are not answered. */
  readonly pending: Iterable<string>;
  /** Properties that were changed and not sent yet. */
  readonly dirty: Iterable<string>;
}

export interface Merged {
  /** What to change on the canvas; null when nothing. */
  readonly changes: { readonly [key: string]: unknown } | null;
  readonly shadow: BoardElement;
}

/** Pure; both elements are of the same type. */
export function mergeElement({ shadow, confirmed, pending, dirty }: MergeInput): Merged {
  const { type } = confirmed;
  const sent = withGroups(type, pending);
  const held = withGroups(type, [...sent, ...dirty]);
  const changes: { [key: string]: unknown } = {};
  for (const key of differentKeys(shadow, confirmed)) {
    if (!held.has(key)) changes[key] = Reflect.get(confirmed, key);
  }
  const kept = Object.entries(shadow).filter(([key]) => sent.has(key));
  return {
    changes: Object.keys(changes).length > 0 ? changes : null,
    shadow: { ...confirmed, ...Object.fromEntries(kept) },
  };
}
