import type { PresenceEvent, PresencePerson } from './presence-event.ts';

/** What one reader may be behind before it is told everything anew instead. */
const longestBacklog = 16;

/** One subscription: everybody first, then the changes. A slow reader costs a few shared events and no more. */
export class PresenceStream implements AsyncIterable<PresenceEvent> {
  readonly #everybody: () => readonly PresencePerson[];
  readonly #onEnd: () => void;
  #backlog: PresenceEvent[] = [];
  #isStale = true;
  #isDone = false;
  #wake: (() => void) | null = null;

  constructor(everybody: () => readonly PresencePerson[], onEnd: () => void) {
    this.#everybody = everybody;
    this.#onEnd = onEnd;
  }

  push(event: PresenceEvent): void {
    if (this.#isStale) return;
    this.#backlog.push(event);
    if (this.#backlog.length > longestBacklog) {
      this.#backlog = [];
      this.#isStale = true;
    }
    this.#stir();
  }

  end(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#onEnd();
    this.#stir();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<PresenceEvent, void, undefined> {
    try {
      while (!this.#isDone) {
        const event = this.#next();
        if (event !== undefined) yield event;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      this.end();
    }
  }

  #next(): PresenceEvent | undefined {
    if (!this.#isStale) return this.#backlog.shift();
    this.#isStale = false;
    return { type: 'presence', people: this.#everybody() };
  }

  #stir(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
