/** Scene lengths are kept at 2 decimals: finer than a screen shows, and short on the wire. Never answers -0. */
export function roundLength(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

/**
 * Angles and ratios are kept at 4 decimals: at 2, the end of a long rotated shape or of a bound arrow would jump by
 * several pixels, and the ratio 0.5001, which Excalidraw means, would become the 0.5 that it avoids.
 */
export function roundRatio(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}
