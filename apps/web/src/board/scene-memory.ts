import type { SceneElement } from './scene-element.ts';

export interface Look {
  /** Ids of the elements that are new on the canvas or were changed since the last look. */
  readonly changed: readonly string[];
  /** Ids of those that were there at the last look and are not any more, not even marked as deleted. */
  readonly missing: readonly string[];
}

/** What the canvas held when it was last looked at. */
export class SceneMemory {
  /** The nonce that was last looked at: another one means that the person changed the element. */
  private readonly nonces = new Map<string, number>();
  private readonly onCanvas = new Set<string>();

  /** Everything on the canvas, in any order; one comparison of numbers each. */
  look(elements: readonly SceneElement[]): Look {
    const changed: string[] = [];
    for (const { id, versionNonce } of elements) {
      this.onCanvas.add(id);
      if (this.nonces.get(id) === versionNonce) continue;
      this.nonces.set(id, versionNonce);
      changed.push(id);
    }
    return { changed, missing: this.onCanvas.size > elements.length ? this.forgetMissing(elements) : [] };
  }

  /** The element is ours, or about to be shown: the next look takes it for known. It need not be on the canvas yet. */
  know({ id, versionNonce }: SceneElement): void {
    this.nonces.set(id, versionNonce);
  }

  private forgetMissing(elements: readonly SceneElement[]): string[] {
    const here = new Set(elements.map(({ id }) => id));
    const missing = [...this.onCanvas].filter((id) => !here.has(id));
    for (const id of missing) {
      this.onCanvas.delete(id);
      this.nonces.delete(id);
    }
    return missing;
  }
}
