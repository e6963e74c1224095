import type { Socket } from 'node:net';

/** `up`: from the client to the server. */
export type Direction = 'up' | 'down';

/** What a proxy does to everything that passes; changed while connections are open. */
export interface Weather {
  readonly swallowing: Set<Direction>;
  /** Milliseconds that everything is held back. */
  delay: number;
  /** Of one direction of one connection. */
  bytesPerSecond: number;
}

type Item = Buffer | 'end' | 'reset';

/**
 * One direction of a connection. Invariant: what arrives left the other side in the same order and without a hole; once
 * something was swallowed nothing arrives any more, whatever the weather does, because TCP knows no holes either.
 */
export class TcpLine {
  readonly #to: Socket;
  readonly #from: Socket;
  readonly #direction: Direction;
  readonly #weather: Weather;
  readonly #underWay: { readonly item: Item; readonly due: number }[] = [];
  #isLost = false;
  #lastDue = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(opts: { from: Socket; to: Socket; direction: Direction; weather: Weather }) {
    this.#from = opts.from;
    this.#to = opts.to;
    this.#direction = opts.direction;
    this.#weather = opts.weather;
    this.#from.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#from.on('end', () => this.#take('end'));
    this.#from.on('close', (isBroken) => isBroken && this.#take('reset'));
  }

  /** Everything that is held back arrives now. */
  release(): void {
    for (const { item } of this.#underWay.splice(0)) this.#deliver(item);
    this.#lastDue = 0;
    this.#wait();
  }

  /** Nothing arrives any more. */
  lose(): void {
    this.#isLost = true;
    this.#underWay.length = 0;
    this.#wait();
    this.#from.resume();
  }

  #take(item: Item): void {
    if (this.#weather.swallowing.has(this.#direction)) this.#isLost = true;
    if (this.#isLost) return;
    const { delay, bytesPerSecond } = this.#weather;
    const now = performance.now();
    const onTheWire = typeof item === 'string' ? 0 : (item.length / bytesPerSecond) * 1_000;
    const due = Math.max(now + delay, this.#lastDue) + onTheWire;
    if (due <= now && this.#underWay.length === 0) return this.#deliver(item);
    this.#lastDue = due;
    this.#underWay.push({ item, due });
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const [next] = this.#underWay;
    if (next === undefined) return;
    // Longer than this a timer cannot wait: it would fire at once.
    const patience = Math.min(Math.max(0, next.due - performance.now()), 2 ** 31 - 1);
    this.#timer = setTimeout(() => this.#deliverDue(), patience);
  }

  #deliverDue(): void {
    // A timer may be a little early.
    const now = performance.now() + 1;
    while (this.#underWay[0] !== undefined && this.#underWay[0].due <= now) {
      const next = this.#underWay.shift();
      if (next !== undefined) this.#deliver(next.item);
    }
    this.#wait();
  }

  #deliver(item: Item): void {
    if (item === 'reset') this.#to.resetAndDestroy();
    if (item === 'reset' || !this.#to.writable) return;
    if (item === 'end') this.#to.end();
    // A reader that is slow slows whoever writes to it.
    else if (!this.#to.write(item)) {
      this.#from.pause();
      const goOn = () => this.#from.resume();
      this.#to.once('drain', goOn).once('close', goOn);
    }
  }
}
