import { consumeNetwork } from '../limit/consume.ts';
import { LimitBook } from '../limit/limit-book.ts';

export interface PasskeyLimits {
  /** Counts one question or answer of somebody who is not signed in; throws `TooManyAttempts`. */
  count(address: string): Promise<void>;
}

/** A passkey cannot be guessed: this bounds the rows and the work that strangers cause. Every sign-in page asks once. */
export function createPasskeyLimits(book = new LimitBook()): PasskeyLimits {
  const byNetwork = book.limiter({
    ...{ name: 'passkey.network', points: 60_000, duration: 15 * 60 },
    words: 'Questions for a passkey from one network; a hundred points each',
  });
  return { count: (address) => consumeNetwork(byNetwork, address) };
}
