import type { ElementType } from './element.ts';

const line = ['x', 'y', 'width', 'height', 'points', 'startBinding', 'endBinding'] as const;

/**
 * Properties that only make sense together: when one of them changes, all of them are sent, so that two people who
 * change the same line at once get the line of one of them and never a mixture.
 */
export const propertyGroups: { readonly [Type in ElementType]: readonly (readonly string[])[] } = {
  rectangle: [],
  diamond: [],
  ellipse: [],
  frame: [],
  line: [line],
  arrow: [[...line, 'elbowed', 'fixedSegments', 'startIsSpecial', 'endIsSpecial']],
  freedraw: [['x', 'y', 'width', 'height', 'points', 'pressures']],
  text: [['text', 'originalText', 'width', 'height', 'fontSize', 'fontFamily', 'lineHeight']],
};
