import type { BoardElement } from '@atrium/kinds/board';

/**
 * Who left without a reference, because what it refers to was not sent yet. The server would have dropped it; it is
 * said again once the other one goes. One that never goes costs an entry here and holds up nothing.
 */
export class AwaitedReferences {
  private readonly waiting = new Map<string, Set<string>>();

  /** @param sent the same element without what the server could not know. */
  note(element: BoardElement, sent: BoardElement): void {
    const kept = new Set(referencesOf(sent));
    for (const target of referencesOf(element)) {
      if (kept.has(target)) continue;
      const referrers = this.waiting.get(target) ?? new Set();
      this.waiting.set(target, referrers.add(element.id));
    }
  }

  /** Ids of those that waited for this one. */
  take(target: string): Iterable<string> {
    const referrers = this.waiting.get(target) ?? [];
    this.waiting.delete(target);
    return referrers;
  }
}

/** Ids of the elements that this one speaks of. */
function referencesOf(element: BoardElement): string[] {
  const { frameId, boundElements } = element;
  const others = boundElements.map(({ id }) => id);
  if (element.type === 'text') others.push(...present(element.containerId));
  if (element.type === 'line' || element.type === 'arrow') {
    others.push(...present(element.startBinding?.elementId), ...present(element.endBinding?.elementId));
  }
  return [...others, ...present(frameId)];
}

function present(id: string | null | undefined): string[] {
  return id === null || id === undefined ? [] : [id];
}
