import { Buckets, type Pace } from './buckets.ts';

/** What one call takes. Subscriptions are bounded by the sockets that carry them. */
const costs = { query: 1, mutation: 2 } as const;

export type Call = keyof typeof costs;

/** How often one person may call, over all their devices. Far above what people do: it stops a script that never stops. */
export class CallPace {
  readonly #users: Buckets;

  constructor(pace: Pace) {
    this.#users = new Buckets(pace);
  }

  /** False, and nothing is counted, when it is too much. */
  allows(user: string, call: Call): boolean {
    if (this.#users.waitFor(user, costs[call]) > 0) return false;
    this.#users.take(user, costs[call]);
    return true;
  }
}
