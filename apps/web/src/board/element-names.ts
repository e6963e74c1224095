import type { ElementType } from '@atrium/kinds/board';

/** What a thing on the board is called. */
export const elementNames: { readonly [type in ElementType]: string } = {
  rectangle: 'Rectangle',
  diamond: 'Diamond',
  ellipse: 'Ellipse',
  frame: 'Frame',
  line: 'Line',
  arrow: 'Arrow',
  freedraw: 'Drawing',
  text: 'Text',
};

/** For a type that came from the canvas. */
export function elementName(type: string | undefined): string {
  return type !== undefined && Object.hasOwn(elementNames, type) ? elementNames[type as ElementType] : 'Something';
}
