import { writeCursor } from './cursor.ts';
import type { DiffEvent } from './diff-event.ts';
import type { CursoredEvent, RoomFeed } from './room-hub.ts';

/** What a feed asks its room. */
export interface FedRoom {
  readonly epoch: number;
  readonly ver: number;
  /** The batches behind `ver`, shared; null when there are more than `most`, or memory does not reach back so far. */
  each(ver: number, most: number): readonly DiffEvent[] | null;
}

/** Viewers that are so many batches behind are told one joined diff each. */
const mostTold = 64;

/** Tells everybody with one view key who has everything before it of each batch. Costs nothing while nobody listens. */
export class ViewFeed implements RoomFeed {
  readonly #room: FedRoom;
  readonly #viewKey: string;
  #listener: (() => void) | null = null;

  constructor(room: FedRoom, viewKey: string) {
    this.#room = room;
    this.#viewKey = viewKey;
  }

  get ver(): number {
    return this.#room.ver;
  }

  since(ver: number): readonly CursoredEvent[] | null {
    const events = this.#room.each(ver, mostTold);
    const { epoch } = this.#room;
    return events?.map((event) => this.#withCursor(epoch, event)) ?? null;
  }

  onNews(listener: (() => void) | null): void {
    this.#listener = listener;
  }

  tell(): void {
    this.#listener?.();
  }

  #withCursor(epoch: number, event: DiffEvent): CursoredEvent {
    return { cursor: writeCursor({ epoch, ver: event.ver, viewKey: this.#viewKey }), event };
  }
}
