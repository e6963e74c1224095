import type { Reason } from '@atrium/api';

/**
 * `repeat`: the same numbers again after a pause (nothing was decided, or a repeat is recognised) · `split`: fewer at
 * once · `refuse`: the commands fail · `renumber`: they fail, and the numbering cannot go on.
 */
export type AfterRefusal = 'repeat' | 'split' | 'refuse' | 'renumber';

/** What to do with a batch that was refused as a whole. */
export function afterRefusal(reason: Reason): AfterRefusal {
  switch (reason) {
    case 'TOO_MANY':
    case 'UNAVAILABLE':
      return 'repeat';
    case 'TOO_LARGE':
    case 'BATCH_REFUSED':
      return 'split';
    case 'SEQ_GAP':
    case 'SEQ_TOO_OLD':
    case 'INTERNAL':
      return 'renumber';
    default:
      return 'refuse';
  }
}
