import type { StateReader } from '@atrium/rooms/kind';
import { allElements, getElement } from './board-state.ts';
import type { BoardElement, ElementType } from './element.ts';

/** One line of the board in words, for those who do not see it. */
export interface OutlineItem {
  readonly id: string;
  readonly type: ElementType;
  /** What is written on it: a text, the label of a shape, the name of a frame; empty when there is nothing. */
  readonly text: string;
}

/** What is on the board, from the bottom to the top. A label is part of what it labels and has no line of its own. */
export function boardOutline(state: StateReader): OutlineItem[] {
  const elements = allElements(state).filter((element) => !isLabel(state, element));
  elements.sort((a, b) => ((a.index ?? '') < (b.index ?? '') ? -1 : 1));
  return elements.map((element) => ({ id: element.id, type: element.type, text: textOf(state, element) }));
}

function isLabel(state: StateReader, element: BoardElement): boolean {
  return (
    element.type === 'text' && element.containerId !== null && getElement(state, element.containerId) !== undefined
  );
}

function textOf(state: StateReader, element: BoardElement): string {
  if (element.type === 'text') return element.originalText;
  if (element.type === 'frame') return element.name ?? '';
  for (const { id, type } of element.boundElements) {
    const label = type === 'text' ? getElement(state, id) : undefined;
    if (label?.type === 'text') return label.originalText;
  }
  return '';
}
