import { networkOf } from '../network/network.ts';
import { consume, consumeNetwork } from './consume.ts';
import { LimitBook } from './limit-book.ts';

export interface MailLimits {
  /**
   * Counts one mail that somebody asks to be sent to an address (lower case), before anything is looked up: unknown
   * addresses count like known ones. Throws `TooManyAttempts`.
   */
  mail(email: string, address: string): Promise<void>;
}

/** Mails that are counted together, as administrators see them. */
interface MailKind {
  readonly name: string;
  readonly words: string;
}

const anyMail: MailKind = { name: 'mail', words: 'Mails' };

/**
 * Nobody's letter box is filled through this server. An address is limited per network, so that a stranger cannot keep
 * its owner from their link, and over all networks, so that many of them are no mail bomb. As for sign-ins, loopback
 * gets 100 times as much of what a network gets.
 */
export function createMailLimits(book = new LimitBook(), { name, words }: MailKind = anyMail): MailLimits {
  const byAddressAndNetwork = book.limiter({
    ...{ name: `${name}.address-and-network`, points: 5, duration: 15 * 60 },
    words: `${words} to one address that one network asks for`,
  });
  const byAddress = book.limiter({
    ...{ name: `${name}.address`, points: 20, duration: 60 * 60 },
    words: `${words} to one address that all networks together ask for`,
  });
  const byNetwork = book.limiter({
    ...{ name: `${name}.network`, points: 6_000, duration: 60 * 60 },
    words: `${words} that one network asks for; a hundred points each`,
  });

  return {
    async mail(email, address) {
      await consumeNetwork(byNetwork, address);
      await consume(byAddressAndNetwork, `${networkOf(address)} ${email}`, 1);
      await consume(byAddress, email, 1);
    },
  };
}
