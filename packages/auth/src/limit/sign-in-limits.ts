import { networkOf } from '../network/network.ts';
import { consume, consumeNetwork, weightOf } from './consume.ts';
import type { KnownDevice } from './device-cookie.ts';
import { LimitBook } from './limit-book.ts';

/** One try to sign in. */
export interface SignInAttempt {
  /** The address in lower case, whether or not somebody has it. */
  readonly account: string;
  readonly address: string;
  /** A browser that is known to the very account that is tried; null for all others. */
  readonly known: KnownDevice | null;
}

export interface SignInLimits {
  /** Counts one attempt before any hashing; throws `TooManyAttempts`. Unknown accounts count like known ones. */
  attempt(attempt: SignInAttempt): Promise<void>;
  /** A right password forgives the earlier attempts from the same network, or of the same known browser. */
  forgive(attempt: SignInAttempt): Promise<void>;
  /** Counts one new account or guest from this address; throws `TooManyAttempts`. */
  arrival(address: string): Promise<void>;
}

/**
 * Lives inside the procedures: a batch or a socket walks past a limit that counts requests. An account is limited per
 * network, so that a stranger who guesses does not lock out its owner; the far higher limit over all networks slows
 * down whoever guesses from many. Behind a proxy on this machine every user has a loopback address unless TRUST_PROXY
 * names the real one, so loopback gets 100 times as much.
 *
 * A known browser has a budget of its own, and nothing that others do counts against it: neither guesses at its account
 * nor whatever comes from its network, where a neighbour could otherwise lock it out. Its attempts do count for the
 * network. A right password forgives, so whoever knows it is bounded by the account over all its known browsers.
 */
export function createSignInLimits(book = new LimitBook()): SignInLimits {
  const byAccountAndNetwork = book.limiter({
    ...{ name: 'sign-in.account-and-network', points: 10, duration: 15 * 60 },
    words: 'Attempts to sign in to one account from one network',
  });
  const byAccount = book.limiter({
    ...{ name: 'sign-in.account', points: 200, duration: 15 * 60 },
    words: 'Attempts to sign in to one account from all networks together',
  });
  const byNetwork = book.limiter({
    ...{ name: 'sign-in.network', points: 10_000, duration: 15 * 60 },
    words: 'Attempts to sign in from one network; a hundred points each',
  });
  const byKnownDevice = book.limiter({
    ...{ name: 'sign-in.known-browser', points: 10, duration: 15 * 60 },
    words: 'Attempts from one browser that the account knows',
  });
  const byKnownAccount = book.limiter({
    ...{ name: 'sign-in.known-account', points: 60, duration: 15 * 60 },
    words: 'Attempts from all browsers that one account knows',
  });
  const arrivals = book.limiter({
    ...{ name: 'accounts.network', points: 6_000, duration: 60 * 60 },
    words: 'New accounts and guests from one network; a hundred points each',
  });
  const pair = (account: string, address: string) => `${networkOf(address)} ${account}`;

  return {
    async attempt({ account, address, known }) {
      if (known) {
        await consume(byKnownDevice, known.id, 1);
        await consume(byKnownAccount, known.userId, 1);
        await byNetwork.penalty(networkOf(address), weightOf(address));
        return;
      }
      await consumeNetwork(byNetwork, address);
      await consume(byAccountAndNetwork, pair(account, address), 1);
      await consume(byAccount, account, 1);
    },
    async forgive({ account, address, known }) {
      if (known) await byKnownDevice.delete(known.id);
      else await byAccountAndNetwork.delete(pair(account, address));
    },
    async arrival(address) {
      await consumeNetwork(arrivals, address);
    },
  };
}
