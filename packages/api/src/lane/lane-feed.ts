import type { RoomFeed } from '@atrium/rooms';
import { framesOf } from './frame.ts';
import { highWater, type Wire, type WireId } from './wire.ts';

/** What a feed needs of a lane. */
export interface FedLane {
  readonly wire: Wire;
  /** The wire did not take what happened since `ver`. */
  fallBehind(ver: number): void;
  leaveFeed(): void;
  /** Takes what is there for this viewer alone, and comes back. */
  step(): void;
}

/** To so few viewers what happens is written at once, and not at the end of the turn. */
const few = 16;

const feeds = new WeakMap<RoomFeed, LaneFeed>();

/**
 * The lanes of all viewers with one view who have everything: each diff is turned into bytes once for each number that a
 * subscription has on the wire, and written to all of them. What happens in one turn of the event loop leaves together.
 */
export class LaneFeed {
  readonly #feed: RoomFeed;
  /**
   * By number: clients count alike, so there are few. Then by wire, so that telling a viewer touches no more than what
   * writing needs: with a thousand of them, every object that must be fetched from memory shows.
   */
  readonly #lanes = new Map<WireId, Map<Wire, FedLane>>();
  #count = 0;
  /** The version that all of them have been told. */
  #told = 0;
  #isTurnOpen = false;

  private constructor(feed: RoomFeed) {
    this.#feed = feed;
  }

  static of(feed: RoomFeed): LaneFeed {
    const lanes = feeds.get(feed) ?? new LaneFeed(feed);
    feeds.set(feed, lanes);
    return lanes;
  }

  /** `lane` has everything that the feed can tell. */
  join(lane: FedLane, id: WireId): void {
    if (this.#count === 0) {
      this.#told = this.#feed.ver;
      this.#feed.onNews(this.#look);
    }
    this.#flush();
    const alike = this.#lanes.get(id) ?? new Map<Wire, FedLane>();
    this.#lanes.set(id, alike.set(lane.wire, lane));
    this.#count += 1;
  }

  /** Answers the version that `lane` was told. */
  leave(lane: FedLane, id: WireId): number {
    const alike = this.#lanes.get(id);
    if (alike?.delete(lane.wire) === true) this.#count -= 1;
    if (alike?.size === 0) this.#lanes.delete(id);
    if (this.#count === 0) this.#feed.onNews(null);
    return this.#told;
  }

  readonly #look = (): void => {
    if (this.#isTurnOpen) return;
    this.#isTurnOpen = true;
    setImmediate(this.#endTurn);
    if (this.#count <= few) this.#flush();
  };

  readonly #endTurn = (): void => {
    this.#isTurnOpen = false;
    this.#flush();
  };

  #flush(): void {
    const { ver } = this.#feed;
    if (this.#count === 0 || ver === this.#told) return;
    const events = this.#feed.since(this.#told);
    if (events === null) {
      this.#sendAway();
      return;
    }
    const before = this.#told;
    this.#told = ver;
    for (const [id, lanes] of this.#lanes) {
      const frames = framesOf(id, events);
      for (const [wire, lane] of lanes) if (!wire.tell(frames, highWater)) lane.fallBehind(before);
    }
  }

  /** Too much happened to be told batch by batch: each viewer takes what is best for it. */
  #sendAway(): void {
    const lanes = [...this.#lanes.values()].flatMap((alike) => [...alike.values()]);
    for (const lane of lanes) lane.leaveFeed();
    for (const lane of lanes) lane.step();
  }
}
