import type { ArrowElement, BoardElement, LineElement, Point, StrokeElement } from './element.ts';
import { roundLength, roundRatio } from './number.ts';

/**
 * The one form of an element: rounded, its size derived from its points, leftovers of another mode dropped.
 * Settling twice changes nothing, so the browser and the server can compare what they hold.
 */
export function settle(element: BoardElement): BoardElement {
  const rounded = {
    x: roundLength(element.x),
    y: roundLength(element.y),
    width: roundLength(element.width),
    height: roundLength(element.height),
    angle: roundRatio(element.angle),
    strokeWidth: roundLength(element.strokeWidth),
    roughness: roundLength(element.roughness),
    opacity: roundLength(element.opacity),
    roundness: settleRoundness(element.roundness),
  };
  switch (element.type) {
    case 'rectangle':
    case 'diamond':
    case 'ellipse':
    case 'frame':
      return { ...element, ...rounded };
    case 'text':
      return {
        ...element,
        ...rounded,
        fontSize: roundLength(element.fontSize),
        lineHeight: roundRatio(element.lineHeight),
      };
    case 'freedraw':
      return settleStroke({ ...element, ...rounded });
    case 'line':
      return settleLine({ ...element, ...rounded });
    case 'arrow':
      return settleArrow({ ...element, ...rounded });
  }
}

export interface Growth {
  /** How many of the first points stay. */
  readonly n: number;
  readonly points: readonly Point[];
  readonly pressures: readonly number[];
}

/** A settled stroke that keeps its first points and gets more: only these are looked at. */
export function grow(stroke: StrokeElement, { n, points: added, pressures: pressed }: Growth): StrokeElement {
  const points = [...stroke.points.slice(0, n), ...roundPoints(added)];
  const pressures = [...stroke.pressures.slice(0, n), ...pressed.map(roundLength)];
  return { ...stroke, ...sizeOf(points), points, pressures };
}

/** Width and height of what the points cover, which is what Excalidraw derives too. */
function sizeOf(points: readonly Point[]): { readonly width: number; readonly height: number } {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { width: roundLength(maxX - minX), height: roundLength(maxY - minY) };
}

function roundPoints(points: readonly Point[]): Point[] {
  return points.map(roundPoint);
}

function roundPoint([x, y]: Point): Point {
  return [roundLength(x), roundLength(y)];
}

function settleRoundness(roundness: BoardElement['roundness']): BoardElement['roundness'] {
  if (roundness?.value === undefined) return roundness;
  return { type: roundness.type, value: roundLength(roundness.value) };
}

function settleStroke(element: StrokeElement): StrokeElement {
  const points = roundPoints(element.points);
  return { ...element, ...sizeOf(points), points, pressures: element.pressures.map(roundLength) };
}

function settleLine(element: LineElement): LineElement {
  const points = roundPoints(element.points);
  return {
    ...element,
    ...sizeOf(points),
    points,
    startBinding: settleBinding(element.startBinding, false),
    endBinding: settleBinding(element.endBinding, false),
  };
}

function settleArrow(element: ArrowElement): ArrowElement {
  const points = roundPoints(element.points);
  const { elbowed } = element;
  return {
    ...element,
    ...sizeOf(points),
    points,
    startBinding: settleBinding(element.startBinding, elbowed),
    endBinding: settleBinding(element.endBinding, elbowed),
    fixedSegments: elbowed ? settleSegments(element.fixedSegments, points.length) : null,
    startIsSpecial: elbowed ? element.startIsSpecial : null,
    endIsSpecial: elbowed ? element.endIsSpecial : null,
  };
}

/** An elbow arrow can only be bound at a fixed point; any other line has none. */
function settleBinding(binding: LineElement['startBinding'], elbowed: boolean): LineElement['startBinding'] {
  if (binding === null) return null;
  const { elementId, fixedPoint } = binding;
  const settled = { elementId, focus: roundRatio(binding.focus), gap: roundLength(binding.gap) };
  if (!elbowed) return settled;
  if (fixedPoint === undefined) return null;
  return { ...settled, fixedPoint: [roundRatio(fixedPoint[0]), roundRatio(fixedPoint[1])] };
}

/** Segments that the points no longer reach are dropped: two people changed the arrow at once. */
function settleSegments(segments: ArrowElement['fixedSegments'], count: number): ArrowElement['fixedSegments'] {
  const kept = (segments ?? []).filter((segment) => segment.index < count);
  if (kept.length === 0) return null;
  return kept.map(({ start, end, index }) => ({ start: roundPoint(start), end: roundPoint(end), index }));
}
