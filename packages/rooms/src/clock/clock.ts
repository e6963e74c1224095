/** Time as the engine sees it; a virtual one makes simulations repeatable. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds with fractions from any start, never going back: for measuring. */
  precise(): number;
  /** Resolves when what has arrived in this turn of the event loop was heard: the same promise for all who wait. */
  turn(): Promise<void>;
  /** Calls `run` once after `ms`, whatever the length; the returned function cancels. Keeps no process alive. */
  setTimer(run: () => void, ms: number): () => void;
}

/** What `setTimeout` can wait for at once: 2^31 - 1 ms, 24.8 days. Longer delays would fire at once. */
const longestTimeout = 2_147_483_647;

let thisTurn: Promise<void> | null = null;

export const systemClock: Clock = {
  now: () => Date.now(),
  precise: () => performance.now(),
  turn() {
    thisTurn ??= new Promise((resolve) => {
      setImmediate(() => {
        thisTurn = null;
        resolve();
      });
    });
    return thisTurn;
  },
  setTimer(run, ms) {
    let timeout: NodeJS.Timeout;
    const wait = (left: number): void => {
      const step = Math.min(left, longestTimeout);
      timeout = setTimeout(() => (left > step ? wait(left - step) : run()), step);
      timeout.unref();
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timeout);
  },
};

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(resolve, ms);
  });
}

/** Rejects when `work` has not settled after `ms`; what becomes of `work` then is unknown. */
export function withDeadline<T>(clock: Clock, work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.setTimer(() => reject(new Error(`No answer after ${ms} ms.`)), ms);
    work.then(
      (value) => {
        cancel();
        return resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
