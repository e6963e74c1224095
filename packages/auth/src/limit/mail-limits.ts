import { RateLimiterMemory } from 'rate-limiter-flexible';
import { networkOf } from '../network/network.ts';
import { consume, consumeNetwork } from './consume.ts';

export interface MailLimits {
  /**
   * Counts one mail that somebody asks to be sent to an address (lower case), before anything is looked up: unknown
   * addresses count like known ones. Throws `TooManyAttempts`.
   */
  mail(email: string, address: string): Promise<void>;
}

/**
 * Nobody's letter box is filled through this server. An address is limited per network, so that a stranger cannot keep
 * its owner from their link, and over all networks, so that many of them are no mail bomb. As for sign-ins, loopback
 * gets 100 times as much of what a network gets.
 */
export function createMailLimits(): MailLimits {
  const byAddressAndNetwork = new RateLimiterMemory({ points: 5, duration: 15 * 60 });
  const byAddress = new RateLimiterMemory({ points: 20, duration: 60 * 60 });
  const byNetwork = new RateLimiterMemory({ points: 6_000, duration: 60 * 60 });

  return {
    async mail(email, address) {
      await consumeNetwork(byNetwork, address);
      await consume(byAddressAndNetwork, `${networkOf(address)} ${email}`, 1);
      await consume(byAddress, email, 1);
    },
  };
}
