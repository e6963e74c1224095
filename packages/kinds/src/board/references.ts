import type { ArrowElement, BoardElement, LineElement } from './element.ts';

/** The element with this id, as the board has it; undefined when there is none. */
export type Lookup = (id: string) => BoardElement | undefined;

/**
 * The element without references to what is not there, to what cannot be meant by them, and to itself.
 * The same object when there is nothing to drop.
 */
export function withoutDanglingReferences(element: BoardElement, lookup: Lookup): BoardElement {
  const boundElements = keepBound(element, lookup);
  const frameId = keepFrame(element, lookup);
  const isSame = boundElements.length === element.boundElements.length && frameId === element.frameId;
  const kept = isSame ? element : { ...element, boundElements, frameId };
  switch (kept.type) {
    case 'text':
      return kept.containerId === null || isContainer(lookup(kept.containerId)) ? kept : { ...kept, containerId: null };
    case 'line':
    case 'arrow':
      return keepBindings(kept, lookup);
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'frame':
    case 'freedraw':
      return kept;
  }
}

/** True when the element has a reference to one of these. */
export function refersTo(element: BoardElement, ids: ReadonlySet<string>): boolean {
  if (element.frameId !== null && ids.has(element.frameId)) return true;
  if (element.boundElements.length > 0 && element.boundElements.some(({ id }) => ids.has(id))) return true;
  if (element.type === 'text') return element.containerId !== null && ids.has(element.containerId);
  if (element.type !== 'line' && element.type !== 'arrow') return false;
  const { startBinding: start, endBinding: end } = element;
  return (start !== null && ids.has(start.elementId)) || (end !== null && ids.has(end.elementId));
}

/**
 * True when a reference to `before` may not be allowed any more: it is gone, it is of another type, or it became a
 * label. Nothing refers to a line or a stroke, and nothing can refer to what was not there.
 */
export function mayDangle(before: BoardElement | undefined, after: BoardElement | undefined): boolean {
  if (before === undefined || before.type === 'line' || before.type === 'freedraw') return false;
  if (after?.type !== before.type) return true;
  return before.type === 'text' && before.containerId === null && isLabel(after);
}

function isLabel(element: BoardElement): boolean {
  return element.type === 'text' && element.containerId !== null;
}

function isContainer(element: BoardElement | undefined): boolean {
  return element !== undefined && ['rectangle', 'diamond', 'ellipse', 'arrow'].includes(element.type);
}

/** A label is not: an arrow bound to its own label would follow it while it follows the arrow. */
function isBindable(element: BoardElement | undefined): boolean {
  if (element?.type === 'text') return element.containerId === null;
  return element !== undefined && ['rectangle', 'diamond', 'ellipse', 'frame'].includes(element.type);
}

/** Frames are not nested. */
function keepFrame({ type, frameId }: BoardElement, lookup: Lookup): string | null {
  if (frameId === null || type === 'frame') return null;
  return lookup(frameId)?.type === 'frame' ? frameId : null;
}

function keepBound({ id, boundElements }: BoardElement, lookup: Lookup): BoardElement['boundElements'] {
  if (boundElements.length === 0) return boundElements;
  const seen = new Set([id]);
  return boundElements.filter((bound) => {
    if (seen.has(bound.id) || lookup(bound.id)?.type !== bound.type) return false;
    seen.add(bound.id);
    return true;
  });
}

function keepBindings(element: LineElement | ArrowElement, lookup: Lookup): LineElement | ArrowElement {
  const { startBinding: start, endBinding: end } = element;
  const startBinding = start !== null && isBindable(lookup(start.elementId)) ? start : null;
  const endBinding = end !== null && isBindable(lookup(end.elementId)) ? end : null;
  if (startBinding === start && endBinding === end) return element;
  return { ...element, startBinding, endBinding };
}
