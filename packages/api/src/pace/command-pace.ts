import { Buckets, type Pace } from './buckets.ts';

/** A person's tabs together may send this many times what one may. */
const tabsInUse = 100;
/** What would have to wait longer, in milliseconds, is refused. */
const longestWait = 25_000;
/** What may wait of one person, in bytes of JSON: a sender that does not listen must not fill the memory. */
const mostWaiting = 8 * 1024 * 1024;

export interface Sender {
  /** The socket, or over HTTP the session. */
  readonly tab: string;
  readonly user: string;
  /** Aborts when the caller has left: then nothing waits for it. */
  readonly left: AbortSignal | undefined;
}

/** Slows down who sends commands too fast instead of refusing: they wait their turn, within bounds. */
export class CommandPace {
  readonly #tabs: Buckets;
  readonly #users: Buckets;
  /** Bytes that wait, by user. */
  readonly #waiting = new Map<string, number>();

  /** `pace` of one tab. */
  constructor(pace: Pace) {
    this.#tabs = new Buckets(pace);
    this.#users = new Buckets({ perSecond: pace.perSecond * tabsInUse, burst: pace.burst * tabsInUse });
  }

  /** Resolves when these commands may pass; false at once when too much waits already, or when the caller has left. */
  async admit({ tab, user, left }: Sender, commands: readonly unknown[]): Promise<boolean> {
    const count = commands.length;
    const wait = Math.max(this.#tabs.waitFor(tab, count), this.#users.waitFor(user, count));
    const bytes = wait > 0 ? JSON.stringify(commands).length : 0;
    if (wait > longestWait || (this.#waiting.get(user) ?? 0) + bytes > mostWaiting) return false;
    this.#tabs.take(tab, count);
    this.#users.take(user, count);
    if (wait === 0) return true;
    this.#hold(user, bytes);
    await pause(wait, left);
    this.#hold(user, -bytes);
    return !left?.aborted;
  }

  #hold(user: string, bytes: number): void {
    const held = (this.#waiting.get(user) ?? 0) + bytes;
    if (held > 0) this.#waiting.set(user, held);
    else this.#waiting.delete(user);
  }
}

function pause(ms: number, left: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      left?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    if (left?.aborted) done();
    left?.addEventListener('abort', done);
  });
}
