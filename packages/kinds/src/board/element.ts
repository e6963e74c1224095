import { z } from 'zod';
import { bounds } from './bounds.ts';
import { isSafeLink } from './link.ts';
import { isStorable } from './string.ts';

/**
 * The elements of a board: Excalidraw 0.18.1's keys without `version`, `versionNonce`, `updated` and `customData`,
 * which each browser makes for itself. One strict shape per type; what is not listed here does not get in.
 * Rules that look at more than one property are in `check.ts`.
 */

/** A point relative to the element's x and y. */
export type Point = readonly [x: number, y: number];

const idPattern = /^[A-Za-z0-9_-]{1,40}$/;

/** Usable as the id of an element or a group. Names of `Object.prototype` are not: they would be found in any object. */
function isElementId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value) && !(value in Object.prototype);
}

function isNumberWithin(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= limit;
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && value.every((part) => isNumberWithin(part, bounds.side));
}

/** Checked by hand: a stroke has up to 5,000 points, and a schema per point would be the slowest part of a command. */
function points({ min, max }: { readonly min: number; readonly max: number }): z.ZodType<readonly Point[]> {
  return z.custom<readonly Point[]>(
    (value) => {
      if (!Array.isArray(value) || value.length < min || value.length > max) return false;
      for (const point of value) if (!isPoint(point)) return false;
      return true;
    },
    { error: `Expected ${min} to ${max} points` },
  );
}

export const strokePoints = points(bounds.strokePoints);
export const strokePressures = z.custom<readonly number[]>(
  (value) => {
    if (!Array.isArray(value) || value.length > bounds.strokePoints.max) return false;
    for (const pressure of value) if (!isNumberWithin(pressure, 1) || pressure < 0) return false;
    return true;
  },
  { error: `Expected at most ${bounds.strokePoints.max} pressures from 0 to 1` },
);

export const elementId = z.custom<string>(isElementId, { error: 'Expected an id of 1 to 40 letters, digits, - and _' });
export const colour = z
  .string()
  .regex(
    /^(?:#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]{3,24})$/i,
    'Expected a colour: transparent, #hex or a name',
  );
const coordinate = z.number().min(-bounds.coordinate).max(bounds.coordinate);
const side = z.number().min(0).max(bounds.side);
const storableText = (max: number) => z.string().max(max).refine(isStorable, 'Expected text without control bytes');
const point = z.custom<Point>(isPoint, { error: 'Expected a point' });

/** Only means something to the browser that is drawing the line. */
const lastCommittedPoint = point.nullable().transform((): null => null);

const common = {
  id: elementId,
  x: coordinate,
  y: coordinate,
  width: side,
  height: side,
  angle: z.number().min(-bounds.angle).max(bounds.angle),
  strokeColor: colour,
  backgroundColor: colour,
  fillStyle: z.enum(['hachure', 'cross-hatch', 'solid', 'zigzag']),
  strokeWidth: z.number().min(bounds.strokeWidth.min).max(bounds.strokeWidth.max),
  strokeStyle: z.enum(['solid', 'dashed', 'dotted']),
  roughness: z.number().min(0).max(bounds.roughness),
  opacity: z.number().min(0).max(bounds.opacity),
  roundness: z
    .strictObject({
      type: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      value: z.number().min(0).max(bounds.side).exactOptional(),
    })
    .nullable(),
  seed: z.int().min(0).max(bounds.seed),
  /** The place in the z-order. The server owns it: whatever is asked for, it stores a key that is valid and its own. */
  index: z.string().nullable(),
  /** A removed element is gone from the state, so this is always false. */
  isDeleted: z.literal(false),
  groupIds: z.array(elementId).max(bounds.groupIds),
  frameId: elementId.nullable(),
  boundElements: z
    .array(z.strictObject({ id: elementId, type: z.enum(['arrow', 'text']) }))
    .max(bounds.boundElements)
    .nullable()
    .transform((bound) => bound ?? []),
  link: z.string().refine(isSafeLink, 'Expected a link that starts with http:, https: or mailto:').nullable(),
  locked: z.boolean(),
};

const binding = z
  .strictObject({
    elementId,
    focus: z.number().min(-bounds.coordinate).max(bounds.coordinate),
    gap: z.number().min(0).max(bounds.side),
    /** Where on the shape an elbow arrow ends, as a ratio of its sides. Only elbow arrows have it. */
    fixedPoint: z.tuple([z.number().min(-1_000).max(1_000), z.number().min(-1_000).max(1_000)]).exactOptional(),
  })
  .nullable();

const arrowhead = z
  .enum([
    'arrow',
    'bar',
    'dot',
    'circle',
    'circle_outline',
    'triangle',
    'triangle_outline',
    'diamond',
    'diamond_outline',
    'crowfoot_one',
    'crowfoot_many',
    'crowfoot_one_or_many',
  ])
  .nullable();

const linear = {
  ...common,
  points: points(bounds.linePoints),
  lastCommittedPoint,
  startBinding: binding,
  endBinding: binding,
  startArrowhead: arrowhead,
  endArrowhead: arrowhead,
};

/** One strict schema per type of element. */
export const elementSchemas = {
  rectangle: z.strictObject({ ...common, type: z.literal('rectangle') }),
  diamond: z.strictObject({ ...common, type: z.literal('diamond') }),
  ellipse: z.strictObject({ ...common, type: z.literal('ellipse') }),
  frame: z.strictObject({ ...common, type: z.literal('frame'), name: storableText(bounds.frameName).nullable() }),
  line: z.strictObject({ ...linear, type: z.literal('line') }),
  arrow: z.strictObject({
    ...linear,
    type: z.literal('arrow'),
    elbowed: z.boolean(),
    fixedSegments: z
      .array(z.strictObject({ start: point, end: point, index: z.int().min(0).max(bounds.linePoints.max) }))
      .max(bounds.fixedSegments)
      .nullable(),
    startIsSpecial: z.boolean().nullable(),
    endIsSpecial: z.boolean().nullable(),
  }),
  freedraw: z.strictObject({
    ...common,
    type: z.literal('freedraw'),
    points: strokePoints,
    /** One for each point, or none at all. */
    pressures: strokePressures,
    simulatePressure: z.boolean(),
    lastCommittedPoint,
  }),
  text: z.strictObject({
    ...common,
    type: z.literal('text'),
    text: storableText(bounds.text).min(1),
    originalText: storableText(bounds.text).min(1),
    fontSize: z.number().min(bounds.fontSize.min).max(bounds.fontSize.max),
    /** Excalidraw's numbers; 4 was never a font of it. */
    fontFamily: z.literal([1, 2, 3, 5, 6, 7, 8, 9]),
    textAlign: z.enum(['left', 'center', 'right']),
    verticalAlign: z.enum(['top', 'middle', 'bottom']),
    containerId: elementId.nullable(),
    autoResize: z.boolean(),
    lineHeight: z.number().min(bounds.lineHeight.min).max(bounds.lineHeight.max),
  }),
};

export type ElementType = keyof typeof elementSchemas;
type ElementOf<Type extends ElementType> = z.output<(typeof elementSchemas)[Type]>;

export type ShapeElement = ElementOf<'rectangle'> | ElementOf<'diamond'> | ElementOf<'ellipse'>;
export type FrameElement = ElementOf<'frame'>;
export type LineElement = ElementOf<'line'>;
export type ArrowElement = ElementOf<'arrow'>;
export type StrokeElement = ElementOf<'freedraw'>;
export type TextElement = ElementOf<'text'>;

/** One element as it is stored and as it travels. In a room's state `index` is never null. */
export type BoardElement = Readonly<
  ShapeElement | FrameElement | LineElement | ArrowElement | StrokeElement | TextElement
>;

export function isElementType(value: unknown): value is ElementType {
  return typeof value === 'string' && Object.hasOwn(elementSchemas, value);
}
