import type { BoardElement } from '@atrium/kinds/board';

/** What the sync needs to know of an element on the canvas; Excalidraw's own type has more. */
export interface SceneElement {
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** Changes with every change of the element, in place or by a copy. */
  readonly versionNonce: number;
  readonly isDeleted: boolean;
  readonly index: string | null;
}

/** Makes the properties that never travel: fresh ones, so that the canvas sees a change. */
export type Stamp = (version: number) => {
  readonly version: number;
  readonly versionNonce: number;
  readonly updated: number;
};

export const randomStamp: Stamp = (version) => ({
  version: version + 1,
  versionNonce: Math.floor(Math.random() * 2 ** 31),
  updated: Date.now(),
});

/** A record of the room as an element of the canvas. */
export function toSceneElement(record: BoardElement, stamp: Stamp): SceneElement {
  return finished({ ...record, ...stamp(0) });
}

/** A copy with other properties; the one on the canvas stays as it was. */
export function changedCopy(element: SceneElement, changes: object, stamp: Stamp): SceneElement {
  return finished({ ...element, ...changes, ...stamp(element.version) });
}

/** The canvas draws a stroke to its very end only when this local property says that the end is final. */
function finished(element: SceneElement): SceneElement {
  const points: unknown = Reflect.get(element, 'points');
  if (element.type !== 'freedraw' || !Array.isArray(points)) return element;
  return Object.assign(element, { lastCommittedPoint: points.at(-1) ?? null });
}
