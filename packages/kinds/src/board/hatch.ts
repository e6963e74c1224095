import { bounds } from './bounds.ts';
import type { BoardElement, Point } from './element.ts';

/**
 * How long a browser thinks about the fill of an element before it draws it: a fill that is drawn as strokes stops the
 * page of everybody who looks at the board. The work of rough.js 4.6.4, which Excalidraw fills with, counted in
 * crossings: of a fill stroke, one each `4 * strokeWidth`, with the outline. One takes about 0.7 microseconds.
 */
export function hatchWork(element: BoardElement): number {
  if (!isHatched(element)) return 0;
  const passes = element.fillStyle === 'hachure' ? 1 : 2;
  return outlineOf(element) * (1 / (4 * element.strokeWidth) + stepsPerPixel) * passes + curveWork(element);
}

/** Between two fill strokes rough.js goes on by a pixel, which takes so much of a crossing for each edge it meets. */
const stepsPerPixel = 1 / 24;

/** True for any fill that is drawn, and is not drawn as one area. */
function isHatched({ fillStyle, backgroundColor }: BoardElement): boolean {
  return fillStyle !== 'solid' && backgroundColor !== 'transparent';
}

/** True when nothing that the work follows from is different. Walks nothing. */
export function hasSameHatch(a: BoardElement, b: BoardElement): boolean {
  if (!isHatched(a) && !isHatched(b)) return true;
  const isSameStyle = isHatched(a) === isHatched(b) && a.fillStyle === b.fillStyle && a.strokeWidth === b.strokeWidth;
  return (
    isSameStyle && a.width === b.width && a.height === b.height && isCurve(a) === isCurve(b) && isSameOutline(a, b)
  );
}

export function isTooMuchHatch(element: BoardElement): boolean {
  if (!isHatched(element)) return false;
  return Math.max(element.width, element.height) > bounds.hatchedSide || hatchWork(element) > bounds.hatchWork.element;
}

/** The same element with a fill that can be drawn, if it has to be. */
export function withBearableFill(element: BoardElement): BoardElement {
  return isTooMuchHatch(element) ? { ...element, fillStyle: 'solid' } : element;
}

/** What counts towards the bound of the whole board: the usual small shapes can never add up to much. */
export function notedHatchWork(element: BoardElement | undefined): number {
  const work = element === undefined ? 0 : hatchWork(element);
  return work > bounds.hatchWork.unnoticed ? work : 0;
}

/** The length of what the fill ends at, in scene pixels; 0 for what is never filled. */
function outlineOf(element: BoardElement): number {
  switch (element.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
      return 2 * (element.width + element.height);
    case 'line':
    case 'freedraw':
      return isLoop(element.points) ? lengthOf(element.points) : 0;
    case 'arrow':
    case 'frame':
    case 'text':
      return 0;
  }
}

/** The points of a curve are thinned out first: each stroke of that goes through all the others, and calls itself. */
function curveWork(element: BoardElement): number {
  return isCurve(element) && 'points' in element && isLoop(element.points) ? element.points.length ** 2 / 10 : 0;
}

function isCurve({ type, roundness }: BoardElement): boolean {
  return type === 'freedraw' || (type === 'line' && roundness !== null);
}

/** Excalidraw fills a line whose ends are at most 8 pixels apart. */
function isLoop(points: readonly Point[]): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return points.length > 2 && first !== undefined && last !== undefined && distance(first, last) <= 8;
}

function lengthOf(points: readonly Point[]): number {
  let [length, from] = [0, points[0]];
  for (const to of points) {
    if (from !== undefined) length += distance(from, to);
    from = to;
  }
  return length;
}

function distance([fromX, fromY]: Point, [toX, toY]: Point): number {
  return Math.sqrt((toX - fromX) ** 2 + (toY - fromY) ** 2);
}

function isSameOutline(a: BoardElement, b: BoardElement): boolean {
  return !('points' in a) || !('points' in b) || a.points === b.points;
}
