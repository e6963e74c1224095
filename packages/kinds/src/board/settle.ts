import type { ArrowElement, BoardElement, LineElement, Point, StrokeElement } from './element.ts';
import { roundLength, roundRatio } from './number.ts';

/**
 * The one form of an element: rounded, its size derived from its points, leftovers of another mode dropped.
 * Settling twice changes nothing, so the browser and the server can compare what they hold.
 * `before` is the settled element that this one was made from: a list that both share is not walked again.
 */
export function settle(element: BoardElement, before?: BoardElement): BoardElement {
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
      return settleStroke({ ...element, ...rounded }, before);
    case 'line':
      return settleLine({ ...element, ...rounded }, before);
    case 'arrow':
      return settleArrow({ ...element, ...rounded }, before);
  }
}

/** Width and height of what the points cover, which is what Excalidraw derives too. */
export function sizeOf(points: readonly Point[]): { readonly width: number; readonly height: number } {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return { width: roundLength(maxX - minX), height: roundLength(maxY - minY) };
}

export function roundPoints(points: readonly Point[]): Point[] {
  return points.map(roundPoint);
}

function roundPoint([x, y]: Point): Point {
  return [roundLength(x), roundLength(y)];
}

function settleRoundness(roundness: BoardElement['roundness']): BoardElement['roundness'] {
  if (roundness?.value === undefined) return roundness;
  return { type: roundness.type, value: roundLength(roundness.value) };
}

/** The points, rounded, and what they cover. */
function settlePoints(points: readonly Point[], before: BoardElement | undefined) {
  if (before !== undefined && 'points' in before && before.points === points) {
    return { points, width: before.width, height: before.height };
  }
  const rounded = roundPoints(points);
  return { points: rounded, ...sizeOf(rounded) };
}

function settleStroke(element: StrokeElement, before: BoardElement | undefined): StrokeElement {
  const isSame = before?.type === 'freedraw' && before.pressures === element.pressures;
  const pressures = isSame ? element.pressures : element.pressures.map(roundLength);
  return { ...element, ...settlePoints(element.points, before), pressures };
}

function settleLine(element: LineElement, before: BoardElement | undefined): LineElement {
  return {
    ...element,
    ...settlePoints(element.points, before),
    startBinding: settleBinding(element.startBinding, false),
    endBinding: settleBinding(element.endBinding, false),
  };
}

function settleArrow(element: ArrowElement, before: BoardElement | undefined): ArrowElement {
  const { elbowed } = element;
  return {
    ...element,
    ...settlePoints(element.points, before),
    startBinding: settleBinding(element.startBinding, elbowed),
    endBinding: settleBinding(element.endBinding, elbowed),
    fixedSegments: elbowed ? settleSegments(element, before) : null,
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
function settleSegments(
  { fixedSegments, points }: ArrowElement,
  before: BoardElement | undefined,
): ArrowElement['fixedSegments'] {
  if (before?.type === 'arrow' && before.fixedSegments === fixedSegments && before.points === points) {
    return fixedSegments;
  }
  const kept = (fixedSegments ?? []).filter((segment) => segment.index < points.length);
  if (kept.length === 0) return null;
  return kept.map(({ start, end, index }) => ({ start: roundPoint(start), end: roundPoint(end), index }));
}
