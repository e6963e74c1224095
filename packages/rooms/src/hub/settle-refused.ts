import type { CommandResult } from '../log/room-log.ts';
import type { Decision } from './decide-batch.ts';
import { SendRefused } from './errors.ts';
import type { Queued } from './send-queue.ts';

export interface Sorted {
  /** To be answered with these results once the batch is committed. */
  readonly kept: readonly { readonly waiting: Queued; readonly results: readonly CommandResult[] }[];
  /** To be decided again, in this order: requests that are unfinished, and those with a gap that is doubtful. */
  readonly again: readonly Queued[];
  /** The log has to be asked before they are. */
  readonly isGap: boolean;
}

/**
 * Tells those who were refused. A gap is doubtful once: another node may have decided what is missing here. `doubted`
 * remembers whose gap was.
 */
export function settleRefused({ outcomes }: Decision<Queued>, doubted: WeakSet<Queued>): Sorted {
  const kept: Sorted['kept'][number][] = [];
  const again: Queued[] = [];
  let isGap = false;
  for (const { waiting, outcome } of outcomes) {
    if (outcome === 'unfinished') {
      again.push(waiting);
    } else if (!(outcome instanceof SendRefused)) {
      kept.push({ waiting, results: outcome });
    } else if (outcome.reason === 'seq-gap' && !doubted.has(waiting)) {
      doubted.add(waiting);
      again.push(waiting);
      isGap = true;
    } else {
      waiting.reject(outcome);
    }
  }
  return { kept, again, isGap };
}
