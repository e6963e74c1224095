import type { CommandResult } from '../log/room-log.ts';
import type { Decision } from './decide-batch.ts';
import { RoomUnavailable, SendRefused } from './errors.ts';
import type { Queued } from './send-queue.ts';

/** A request whose sender waits for the commit. `results` is null when it has to be decided again in any case. */
export interface Kept {
  readonly waiting: Queued;
  readonly results: readonly CommandResult[] | null;
}

/**
 * Tells those who were refused. A gap is doubtful the first time, and remembered in `doubted`: another node may have
 * decided what is missing here.
 */
export function refuseSenders(outcomes: Decision<Queued>['outcomes'], doubted: WeakSet<Queued>): readonly Kept[] {
  return outcomes.flatMap(({ waiting, outcome }): readonly Kept[] => {
    if (!(outcome instanceof SendRefused)) return [{ waiting, results: outcome }];
    if (outcome.reason === 'seq-gap' && !doubted.has(waiting)) {
      doubted.add(waiting);
      return [{ waiting, results: null }];
    }
    waiting.reject(waiting.done === undefined ? outcome : halfDone(outcome));
    return [];
  });
}

/** Answers, after the commit, who has all results. The others go on waiting, in this order. */
export function answerSenders(
  kept: readonly Kept[],
  place: { readonly epoch: number; readonly ver: number },
): readonly Queued[] {
  return kept.flatMap(({ waiting, results }) => {
    if (results === null) return [waiting];
    if (results.length < waiting.request.commands.length) {
      return [{ ...waiting, done: { epoch: place.epoch, results } }];
    }
    waiting.resolve({ ...place, results });
    return [];
  });
}

/** Whoever is refused believes that no number was used: a repeat tells which were, and is refused by itself. */
function halfDone(refusal: SendRefused): RoomUnavailable {
  return new RoomUnavailable('Only some of these commands could be done. Send them again.', { cause: refusal });
}
