import { Refusal } from '../refusal.ts';
import type { JoinBudget } from './join-budget.ts';

const crowded = 'Many people are arriving at once. Try again in a moment.';

/**
 * Resolves when a viewer may begin to watch, at the latest when `signal` aborts. Throws `UNAVAILABLE` with `retryAfter`
 * when that would take long. Snapshots that others were given meanwhile count.
 */
export async function waitToJoin(joins: JoinBudget, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  const admission = joins.admit(began);
  if (!admission.isAdmitted) throw new Refusal('UNAVAILABLE', crowded, { retryAfter: admission.retryAfter });
  for (let { wait } = admission; wait > 0 && !signal.aborted; wait = joins.byteWait(performance.now())) {
    const now = performance.now();
    if (now + wait > began + 2 * joins.longestWait) {
      throw new Refusal('UNAVAILABLE', crowded, { retryAfter: joins.sendAway(now) });
    }
    await pause(wait, signal);
  }
}

function pause(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.ceil(time));
    signal.addEventListener('abort', done);
  });
}
