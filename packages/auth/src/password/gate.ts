/** So many wait already that whoever comes now would wait too long. */
export class LineFull extends Error {
  constructor() {
    super('Many people are signing in at this moment. Try again in a few seconds.');
    this.name = 'LineFull';
  }
}

export interface GateOptions {
  /** How many tasks run at once. */
  readonly width: number;
  /** How many may wait; the next one throws `LineFull`. */
  readonly longest: number;
}

/** Lets at most `width` tasks run at once; the others wait in the order in which they came. */
export function createGate({ width, longest }: GateOptions): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async (task) => {
    if (running < width) running += 1;
    else if (waiting.length < longest) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new LineFull();
    try {
      return await task();
    } finally {
      // The place goes straight to the next in line: `running` does not change hands through zero.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
