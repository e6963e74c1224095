export interface SparklineFrame {
  readonly width: number;
  readonly height: number;
  /** How many values there is room for. */
  readonly most: number;
}

/** Half of the line's width, or it would be cut at the edges. */
const margin = 1;

/** The line through the values, the newest at the right edge, and the area below it; from 0 to the largest value. */
export function sparklinePath(
  values: readonly number[],
  { width, height, most }: SparklineFrame,
): { readonly line: string; readonly area: string } {
  if (values.length === 0) return { line: '', area: '' };
  const top = Math.max(1, ...values);
  const step = width / Math.max(1, most - 1);
  const xOf = (index: number) => round(width - (values.length - 1 - index) * step);
  const yOf = (value: number) => round(height - margin - (value / top) * (height - 2 * margin));
  const points = values.map((value, index) => `${xOf(index)} ${yOf(value)}`);
  return { line: `M${points.join('L')}`, area: `M${xOf(0)} ${height}L${points.join('L')}L${width} ${height}Z` };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
