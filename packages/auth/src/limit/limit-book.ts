import { type IRateLimiterRes, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface LimitRule {
  /** "sign-in.account". */
  readonly name: string;
  /** What is counted, for administrators. */
  readonly words: string;
  /** Of a network each attempt counts a hundred (`consumeNetwork`). */
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

/** Somebody who is held back by a limit. */
export interface Held {
  /** What was counted: a network, an address, a user's id. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface LimitState extends LimitRule {
  /** How often it has said no. */
  readonly refused: number;
  /** Who is held back now, the newest first. */
  readonly held: readonly Held[];
}

/** So many of those who are held back are remembered for each limit. */
const mostHeld = 500;

/** A limiter whose refusals are counted, so that an administrator sees them and can lift one. */
export class BookedLimiter extends RateLimiterMemory {
  readonly rule: LimitRule;
  readonly #held = new Map<string, number>();
  #refused = 0;

  constructor(rule: LimitRule) {
    super({ points: rule.points, duration: rule.duration });
    this.rule = rule;
  }

  override async consume(key: string, points = 1): Promise<RateLimiterRes> {
    try {
      return await super.consume(key, points);
    } catch (error) {
      if (error instanceof RateLimiterRes) this.#hold(key, error);
      throw error;
    }
  }

  /** Forgives what was counted against the key. */
  override async delete(key: string): Promise<boolean> {
    this.#held.delete(key);
    return await super.delete(key);
  }

  get state(): LimitState {
    const now = Date.now();
    for (const [key, until] of this.#held) if (until <= now) this.#held.delete(key);
    const held = [...this.#held].map(([key, until]) => ({ key, until })).toReversed();
    return { ...this.rule, refused: this.#refused, held };
  }

  #hold(key: string, { msBeforeNext }: IRateLimiterRes): void {
    this.#refused += 1;
    this.#held.delete(key);
    if (this.#held.size >= mostHeld) this.#held.delete([...this.#held.keys()][0] ?? '');
    this.#held.set(key, Date.now() + (msBeforeNext ?? 0));
  }
}

/** Every limit of this process. */
export class LimitBook {
  readonly #limiters: BookedLimiter[] = [];

  limiter(rule: LimitRule): BookedLimiter {
    const limiter = new BookedLimiter(rule);
    this.#limiters.push(limiter);
    return limiter;
  }

  get states(): readonly LimitState[] {
    return this.#limiters.map(({ state }) => state);
  }

  /** Whether somebody is held back by this limit under this key. */
  holds(name: string, key: string): boolean {
    return this.#find(name)?.state.held.some((held) => held.key === key) ?? false;
  }

  /** False when there is no such limit, or nothing was counted against the key. */
  async lift(name: string, key: string): Promise<boolean> {
    return (await this.#find(name)?.delete(key)) ?? false;
  }

  #find(name: string): BookedLimiter | undefined {
    return this.#limiters.find(({ rule }) => rule.name === name);
  }
}
