import {
  type BoardElement,
  type BoardOp,
  diffElement,
  type Lookup,
  withoutDanglingReferences,
} from '@atrium/kinds/board';

/** At most this much in one command, well below what the server takes; what is left goes with the next. */
export const maxOps = 400;
export const maxBytes = 120_000;

/** What one element needs to become on the server, and what it is there afterwards. */
export interface Packed {
  readonly after: BoardElement | null;
  readonly ops: readonly BoardOp[];
}

/**
 * As much of `wanted` as fits into one command, but at least one. The rest has to wait for the next, so nothing in this
 * one refers to it: the server would drop such a reference.
 * @param wanted what each element is to become; null: removed.
 * @param shadowOf what the server has, or will have once everything sent is accepted.
 */
export function packCommand(
  wanted: ReadonlyMap<string, BoardElement | null>,
  shadowOf: Lookup,
): ReadonlyMap<string, Packed> {
  const lookup = (id: string) => (wanted.has(id) ? wanted.get(id) : shadowOf(id)) ?? undefined;
  const packed = new Map<string, Packed>();
  const fitting = new Map<string, BoardElement | null>();
  let [bytes, count] = [0, 0];
  for (const [id, element] of wanted) {
    const after = element && withoutDanglingReferences(element, lookup);
    const ops = opsBetween(id, shadowOf(id), after);
    const size = JSON.stringify(ops).length;
    if (packed.size > 0 && (bytes + size > maxBytes || count + ops.length > maxOps)) continue;
    bytes += size;
    count += ops.length;
    packed.set(id, { after, ops });
    fitting.set(id, element);
  }
  return fitting.size === wanted.size ? packed : packCommand(fitting, shadowOf);
}

function opsBetween(id: string, before: BoardElement | undefined, after: BoardElement | null): BoardOp[] {
  if (after) return diffElement(before, after);
  return before ? [{ op: 'remove', ids: [id] }] : [];
}
