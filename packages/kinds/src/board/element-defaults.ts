import type { ElementType } from './element.ts';

/** What Excalidraw itself fills in when a property is missing. */
const common = {
  width: 0,
  height: 0,
  angle: 0,
  strokeColor: '#1e1e1e',
  backgroundColor: 'transparent',
  fillStyle: 'solid',
  strokeWidth: 2,
  strokeStyle: 'solid',
  roughness: 1,
  opacity: 100,
  roundness: null,
  seed: 1,
  index: null,
  isDeleted: false,
  groupIds: [],
  frameId: null,
  boundElements: [],
  link: null,
  locked: false,
};
const linear = { ...common, lastCommittedPoint: null, startBinding: null, endBinding: null, startArrowhead: null };

/** Values for the properties that a new element may leave out, by type. */
export const elementDefaults: { readonly [Type in ElementType]: { readonly [key: string]: unknown } } = {
  rectangle: common,
  diamond: common,
  ellipse: common,
  frame: { ...common, name: null },
  line: { ...linear, endArrowhead: null },
  arrow: {
    ...linear,
    endArrowhead: 'arrow',
    elbowed: false,
    fixedSegments: null,
    startIsSpecial: null,
    endIsSpecial: null,
  },
  freedraw: { ...common, pressures: [], simulatePressure: true, lastCommittedPoint: null },
  text: {
    ...common,
    fontSize: 20,
    fontFamily: 5,
    textAlign: 'left',
    verticalAlign: 'top',
    containerId: null,
    autoResize: true,
    lineHeight: 1.25,
  },
};
