import type { BoardElement } from '@atrium/kinds/board';

/** Ids of the elements that this one refers to: its frame, its container, its labels and arrows, what it is bound to. */
export function referencesOf(element: BoardElement): string[] {
  const ids = element.boundElements.map(({ id }) => id);
  if (element.frameId !== null) ids.push(element.frameId);
  if (element.type === 'text' && element.containerId !== null) ids.push(element.containerId);
  if (element.type !== 'line' && element.type !== 'arrow') return ids;
  for (const binding of [element.startBinding, element.endBinding]) if (binding !== null) ids.push(binding.elementId);
  return ids;
}
