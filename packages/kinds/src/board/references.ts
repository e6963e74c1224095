import type { ArrowElement, BoardElement, ElementType, LineElement } from './element.ts';

/** The type of the element with this id; undefined when there is none. */
export type TypeOf = (id: string) => ElementType | undefined;

const containers: ReadonlySet<ElementType | undefined> = new Set(['rectangle', 'diamond', 'ellipse', 'arrow'] as const);
const bindable: ReadonlySet<ElementType | undefined> = new Set([
  'rectangle',
  'diamond',
  'ellipse',
  'text',
  'frame',
] as const);

/**
 * The element without references to what is not there, to what cannot be meant by them, and to itself.
 * The same object when there is nothing to drop.
 */
export function withoutDanglingReferences(element: BoardElement, typeOf: TypeOf): BoardElement {
  const { id } = element;
  const boundElements = keepBound(element, typeOf);
  const isFramed = element.frameId === null || (element.frameId !== id && typeOf(element.frameId) === 'frame');
  const frameId = isFramed ? element.frameId : null;
  const isSame = boundElements.length === element.boundElements.length && frameId === element.frameId;
  const kept = isSame ? element : { ...element, boundElements, frameId };
  switch (kept.type) {
    case 'text': {
      if (kept.containerId === null || containers.has(typeOf(kept.containerId))) return kept;
      return { ...kept, containerId: null };
    }
    case 'line':
    case 'arrow':
      return keepBindings(kept, typeOf);
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'frame':
    case 'freedraw':
      return kept;
  }
}

function keepBound({ id, boundElements }: BoardElement, typeOf: TypeOf): BoardElement['boundElements'] {
  const seen = new Set([id]);
  return boundElements.filter((bound) => {
    if (seen.has(bound.id) || typeOf(bound.id) !== bound.type) return false;
    seen.add(bound.id);
    return true;
  });
}

function keepBindings(element: LineElement | ArrowElement, typeOf: TypeOf): LineElement | ArrowElement {
  const { startBinding: start, endBinding: end } = element;
  const startBinding = start !== null && bindable.has(typeOf(start.elementId)) ? start : null;
  const endBinding = end !== null && bindable.has(typeOf(end.elementId)) ? end : null;
  if (startBinding === start && endBinding === end) return element;
  return { ...element, startBinding, endBinding };
}
