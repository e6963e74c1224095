import type { Reason } from '@atrium/api';

/**
 * `repeat`: the same numbers again after a pause (nothing was decided, or a repeat is recognised) · `repeat-some`: the same,
 * a few times, because it may pass; then as `refuse` · `split`: fewer at once · `stop`: not in this session; they stay where they are kept · `resubmit`: the server does not know this numbering
 * any more, all of it goes under a new one · `refuse`: the commands fail, what waits behind them goes under a new one.
 */
export type AfterRefusal = 'repeat' | 'repeat-some' | 'split' | 'stop' | 'resubmit' | 'refuse';

/** What to do with a batch that was refused as a whole. */
export function afterRefusal(reason: Reason): AfterRefusal {
  switch (reason) {
    case 'TOO_MANY':
    case 'UNAVAILABLE':
      return 'repeat';
    case 'INTERNAL':
      return 'repeat-some';
    case 'TOO_LARGE':
    case 'BATCH_REFUSED':
      return 'split';
    case 'SESSION_ENDED':
    case 'SIGNED_OUT':
    case 'OTHER_PERSON':
      return 'stop';
    case 'SEQ_GAP':
      return 'resubmit';
    default:
      return 'refuse';
  }
}
