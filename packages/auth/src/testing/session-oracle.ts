import { idleEnd, type Lifetimes, touchInterval } from '../session/lifetimes.ts';

/** What a presentation comes to. */
export type Verdict = 'good' | 'theft' | 'nobody';

/**
 * What must happen to one session, told as a history instead of as a row: which tokens were current one after the other,
 * and which one is offered. Written a second time on purpose, to judge the code that is run.
 */
export class SessionOracle {
  /** Why it is over; null while it is not. */
  end: 'signed-out' | 'theft' | 'expired' | 'disabled' | null = null;
  readonly handedOut: string[];
  readonly #lifetimes: Lifetimes;
  /** Each token that has been current, with the time since when. */
  #line: { readonly token: string; readonly since: number }[];
  #offer: string | null = null;
  #newestAt: number;
  #lastSeen: number;
  #idleEnd: number;
  readonly #absoluteEnd: number;

  constructor(token: string, now: number, lifetimes: Lifetimes) {
    this.#lifetimes = lifetimes;
    this.#line = [{ token, since: now }];
    this.handedOut = [token];
    this.#newestAt = now;
    this.#lastSeen = now;
    this.#idleEnd = now + lifetimes.idle;
    this.#absoluteEnd = now + lifetimes.absolute;
  }

  /** Whether presenting the current token over HTTP must hand over a new one. */
  isDue(token: string, now: number): boolean {
    const age = now - this.#newestAt;
    if (token !== this.#line.at(-1)?.token || age < this.#lifetimes.rotate) return false;
    return this.#offer === null || age >= 16 * 60_000;
  }

  /** Presents `token`, once or many times at once. */
  present(token: string, now: number): Verdict {
    if (this.isOver(now)) return 'nobody';
    const verdict = this.#judge(token, now);
    if (verdict === 'theft') this.end = 'theft';
    if (verdict === 'good') this.#use(now);
    return verdict;
  }

  isOver(now: number): boolean {
    if (now >= Math.min(this.#idleEnd, this.#absoluteEnd)) this.end ??= 'expired';
    return this.end !== null;
  }

  offer(token: string, now: number): void {
    this.#offer = token;
    this.handedOut.push(token);
    this.#newestAt = now;
  }

  /** Everything that was handed out before is worth nothing, not even as a trace. */
  secure(token: string, now: number): void {
    this.#line = [{ token, since: now }];
    this.#offer = null;
    this.handedOut.push(token);
    this.#newestAt = now;
  }

  #judge(token: string, now: number): Verdict {
    const [before, current] = [this.#line.at(-2), this.#line.at(-1)];
    if (token === current?.token) return 'good';
    if (token === this.#offer) {
      this.#offer = null;
      this.#line.push({ token, since: now });
      this.#newestAt = now;
      return 'good';
    }
    if (token !== before?.token || !current) return 'nobody';
    return now < current.since + 60_000 ? 'good' : 'theft';
  }

  #use(now: number): void {
    if (now - this.#lastSeen < touchInterval(this.#lifetimes)) return;
    this.#lastSeen = now;
    this.#idleEnd = idleEnd(now, this.#absoluteEnd, this.#lifetimes);
  }
}
