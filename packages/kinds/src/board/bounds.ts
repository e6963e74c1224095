/**
 * What a board holds at most. Lengths are scene pixels, sizes of text are UTF-16 units.
 * Each number keeps every other person's page alive: a shape past `hatchedSide` with a sketched fill stops a tab for seconds.
 */
export const bounds = {
  coordinate: 1_000_000,
  side: 50_000,
  /** Longest side of a shape whose fill is drawn as strokes (any fill style but solid, any colour but transparent). */
  hatchedSide: 10_000,
  /**
   * Crossings, as `hatchWork` counts them. 50,000 take a page about 40 ms. On a board those above `unnoticed` take
   * 0.7 s at most; 5,000 elements at most below it take no longer.
   */
  hatchWork: { element: 50_000, board: 1_000_000, unnoticed: 200 },
  angle: 7,
  strokeWidth: { min: 1, max: 32 },
  roughness: 2,
  opacity: 100,
  seed: 2 ** 32 - 1,
  linePoints: { min: 2, max: 1_000 },
  strokePoints: { min: 1, max: 5_000 },
  fixedSegments: 100,
  groupIds: 16,
  boundElements: 200,
  link: 2_048,
  text: 10_000,
  fontSize: { min: 4, max: 400 },
  lineHeight: { min: 0.5, max: 5 },
  frameName: 200,
  indexKey: 64,
  elements: 5_000,
  bytes: 8 * 1024 * 1024,
  opsPerCommand: 500,
  /** How many ids `move`, `remove` and `restore` name in one command, together: everything on a full board, twice. */
  namesPerCommand: 10_000,
  bytesPerCommand: 256 * 1024,
  selection: 100,
  /** How long a removed element can be restored, and how long edits of it are silently dropped, in milliseconds. */
  tombstoneAge: 60_000,
  tombstones: 10_000,
  /** How many tombstones one command sweeps at most, and after how many that it has to leave it stops looking. */
  sweep: { old: 1_000, young: 50 },
} as const;
