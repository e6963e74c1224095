import type { RejectedCommand } from '@atrium/client';
import { Gathered } from '../shell/gathered.ts';
import { toast } from '@atrium/ui';

const gathered = new Gathered((count, sentence) => toast(undoneSentence(count, sentence)));

/** For what an earlier page left here and the server refused: nobody waits for its answer, so the page itself says why. */
export function tellKeptRejection({ isFromBefore, message }: RejectedCommand): void {
  if (isFromBefore) gathered.add(message);
}

/** The same for a room that is not open. */
export function tellUndeliverable({ message }: { readonly message: string }): void {
  gathered.add(message);
}

function undoneSentence(count: number, sentence: string): string {
  const changes = count === 1 ? 'A change from before' : `${count} changes from before`;
  return `${changes} could not be made. ${sentence}`;
}
