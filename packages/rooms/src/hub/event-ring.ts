import { type DiffEvent, joinEvents } from './diff-event.ts';

interface Entry {
  readonly event: DiffEvent;
  readonly bytes: number;
}

/** The recent events of a room, contiguous up to its version. Viewers stand somewhere in it and hold nothing of their own. */
export class EventRing {
  readonly #bounds: { readonly count: number; readonly bytes: number };
  #entries: Entry[] = [];
  #bytes = 0;
  #joined = new Map<number, DiffEvent>();

  constructor(bounds: { readonly count: number; readonly bytes: number }) {
    this.#bounds = bounds;
  }

  push(event: DiffEvent, bytes: number): void {
    this.#entries.push({ event, bytes });
    this.#bytes += bytes;
    this.#joined = new Map();
    let gone = 0;
    for (const entry of this.#entries) {
      if (this.#entries.length - gone <= this.#bounds.count && this.#bytes <= this.#bounds.bytes) break;
      this.#bytes -= entry.bytes;
      gone += 1;
    }
    if (gone > 0) this.#entries.splice(0, gone);
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
    this.#joined = new Map();
  }

  /** The version in front of the first event; null when there is none. */
  get start(): number | null {
    return this.#entries[0]?.event.prev ?? null;
  }

  /** What happened since `ver`, batch by batch; null when these are more than `most`, or the ring does not reach back. */
  each(ver: number, most: number): readonly DiffEvent[] | null {
    const start = this.start;
    if (start === null || ver < start) return null;
    const entries = this.#entries.slice(ver - start);
    return entries.length > most ? null : entries.map(({ event }) => event);
  }

  /**
   * What happened since `ver`, as one event; the shared one when it is a single batch. Null when the ring does not
   * reach back so far, or when the diffs are larger than `bytes` together: a snapshot is the better answer then.
   */
  since(ver: number, bytes: number): DiffEvent | null {
    const start = this.start;
    if (start === null || ver < start) return null;
    const [first, ...rest] = this.#entries.slice(ver - start);
    if (first === undefined) return null;
    if (rest.length === 0) return first.event;
    const known = this.#joined.get(ver);
    if (known !== undefined) return known;
    if (rest.reduce((sum, entry) => sum + entry.bytes, first.bytes) > bytes) return null;
    const joined = joinEvents([first.event, ...rest.map(({ event }) => event)]);
    this.#joined.set(ver, joined);
    return joined;
  }
}
