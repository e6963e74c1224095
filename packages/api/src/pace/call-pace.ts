import { Buckets } from './buckets.ts';

/** What one call takes. A person clicks, and a page asks a few things at once; a script that never stops is refused. */
const costs = { query: 1, mutation: 4, subscription: 1 } as const;

export type Call = keyof typeof costs;

/** How often one person may call, over all their devices: 20 queries or 5 changes a second, 240 or 60 at once. */
export class CallPace {
  readonly #users = new Buckets({ perSecond: 20, burst: 240 });

  /** False, and nothing is counted, when it is too much. */
  allows(user: string, call: Call): boolean {
    if (this.#users.waitFor(user, costs[call]) > 0) return false;
    this.#users.take(user, costs[call]);
    return true;
  }
}
