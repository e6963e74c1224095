import type { Clock } from './clock.ts';

/** Time that passes only when a test says so; timers run in order, each after all promises have settled. */
export interface VirtualClock extends Clock {
  /** Lets `ms` pass, with everything that is due in it. */
  advance(ms: number): Promise<void>;
  /** Lets time stand still and `ms` of work be measured: what a command costs that computes for long. */
  burn(ms: number): void;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export function createVirtualClock(start = 1_800_000_000_000): VirtualClock {
  let now = start;
  let burnt = 0;
  let order = 0;
  const timers = new Set<Due>();

  const next = (until: number): Due | undefined => {
    let first: Due | undefined;
    for (const due of timers) {
      const isSooner = first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order);
      if (due.at <= until && isSooner) first = due;
    }
    return first;
  };

  return {
    now: () => now,
    precise: () => now - start + burnt,
    turn: () => Promise.resolve(),
    setTimer(run, ms) {
      order += 1;
      const due = { at: now + Math.max(0, ms), order, run };
      timers.add(due);
      return () => timers.delete(due);
    },
    async advance(ms) {
      const until = now + ms;
      await settled();
      for (let due = next(until); due !== undefined; due = next(until)) {
        timers.delete(due);
        now = Math.max(now, due.at);
        due.run();
        await settled();
      }
      now = until;
    },
    burn(ms) {
      burnt += ms;
    },
  };
}

/** Every promise that needs no timer and no outside world has settled. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
