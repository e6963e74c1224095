import { startTimer } from '@atrium/auth';

export interface AccountSweep {
  /** Milliseconds between two looks for accounts that are due. */
  readonly every: number;
  /** Milliseconds between two looks for accounts that nobody uses: it reads all that are old, so it is rarer. */
  readonly abandonedEvery: number;
  readonly sweep: () => Promise<unknown>;
  readonly sweepAbandoned: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
}

/** Deletes what is due, from now on and again and again. The returned function stops it; resolves when nothing runs. */
export function sweepAccounts({ every, abandonedEvery, sweep, sweepAbandoned, onError }: AccountSweep) {
  const stops = [repeat(every, sweep, onError), repeat(abandonedEvery, sweepAbandoned, onError)];
  return async (): Promise<void> => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

/** The next pause begins when the work is done. */
function repeat(pause: number, work: () => Promise<unknown>, onError: (error: unknown) => void): () => Promise<void> {
  let isStopped = false;
  let cancel = () => {};
  let running = Promise.resolve();
  const workOnce = async () => {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
    if (!isStopped) wait();
  };
  const wait = () => {
    cancel = startTimer(pause, () => {
      running = workOnce();
    });
  };
  wait();
  return () => {
    isStopped = true;
    cancel();
    return running;
  };
}
