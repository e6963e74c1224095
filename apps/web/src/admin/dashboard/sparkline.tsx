import { sparklinePath } from './sparkline-path.ts';

export interface SparklineProps {
  /** The newest last. */
  readonly values: readonly number[];
  /** How many there is room for; fewer stand at the right end. */
  readonly most: number;
  readonly label: string;
}

const size = { width: 240, height: 36 };

/** A small line of what has been. */
export function Sparkline({ values, most, label }: SparklineProps) {
  const { line, area } = sparklinePath(values, { ...size, most });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      className="h-9 w-full border-b border-line text-accent"
    >
      <path d={area} className="fill-accent-soft" />
      <path d={line} fill="none" stroke="currentColor" strokeWidth={2} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
