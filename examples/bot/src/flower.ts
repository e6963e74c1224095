/** A flower of three rings of petals, each one line that never leaves the paper. Pure. */

/** Scene pixels, from the middle of the flower. */
export type Place = readonly [x: number, y: number];

export interface Ring {
  readonly colour: string;
  /** The first point again at the end: closed. */
  readonly points: readonly Place[];
}

const steps = 240;

/** The outermost ring first, so that the inner ones lie on it. `radius`: of the outermost, in scene pixels. */
export function flower(radius: number): readonly Ring[] {
  return [
    { colour: '#e64980', points: ring({ radius, petals: 8, turn: 0 }) },
    { colour: '#f08c00', points: ring({ radius: radius * 0.66, petals: 8, turn: Math.PI / 8 }) },
    { colour: '#1971c2', points: ring({ radius: radius * 0.34, petals: 5, turn: 0 }) },
  ];
}

/** As many round petals as are asked for: the radius swings between its third and its whole. */
function ring({ radius, petals, turn }: { radius: number; petals: number; turn: number }): readonly Place[] {
  return Array.from({ length: steps + 1 }, (_, step): Place => {
    const angle = turn + (2 * Math.PI * step) / steps;
    const swing = Math.abs(Math.cos((petals * (angle - turn)) / 2));
    const reach = radius * (1 / 3 + (2 / 3) * swing);
    return [round(reach * Math.cos(angle)), round(reach * Math.sin(angle))];
  });
}

/** A tenth of a pixel is more than anybody sees. The sum makes 0 of -0. */
function round(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}
