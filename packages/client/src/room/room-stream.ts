/**
 * The subscription that a room's events come through: opened again whenever it ends, from the last good cursor, after
 * growing pauses, until the server refuses it for good or the room is closed.
 */
import type { RoomEvent } from '@atrium/rooms';
import { Resubscription } from '../connection/resubscription.ts';
import { isPassing, refusalOf } from '../refusal.ts';

export interface StreamObserver {
  readonly onStarted: () => void;
  readonly onData: (cursor: string, event: RoomEvent) => void;
  readonly onError: (error: unknown) => void;
  readonly onComplete: () => void;
}

/** `gap`: it does not continue what is there · `broken`: what is there is wrong · `old`: it is known already. */
export type EventOutcome = 'taken' | 'old' | 'gap' | 'broken' | 'over';

export interface RoomStreamOptions {
  /** Opens the subscription behind `cursor`; the returned function closes it. */
  readonly subscribe: (cursor: string | undefined, observer: StreamObserver) => () => void;
  readonly onEvent: (event: RoomEvent) => EventOutcome;
  /** The stream is there again and nothing was missed: no event will come to say so. */
  readonly onResumed: () => void;
  /** It ended and will be opened again; `isFirst`: nothing has come through it yet. */
  readonly onLost: (isFirst: boolean) => void;
  /** The server said no. */
  readonly onRefused: (error: unknown) => void;
}

export class RoomStream {
  private readonly opts: RoomStreamOptions;
  private readonly subscription: Resubscription;
  private cursor: string | undefined;
  private isClosed = false;

  constructor(opts: RoomStreamOptions) {
    this.opts = opts;
    this.subscription = new Resubscription((isCurrent) => this.subscribe(isCurrent));
  }

  /** Opens the subscription, or opens it again at once. */
  open(): void {
    if (!this.isClosed) this.subscription.open();
  }

  /** Asks for everything again. */
  restart(): void {
    this.cursor = undefined;
    this.open();
  }

  /** Opens it again after a pause, of at least `atLeast` milliseconds. */
  openLater(atLeast?: number): void {
    if (this.isClosed) return;
    this.subscription.openLater(atLeast);
    this.opts.onLost(this.cursor === undefined);
  }

  close(): void {
    this.isClosed = true;
    this.subscription.close();
  }

  private subscribe(isCurrent: () => boolean): () => void {
    return this.opts.subscribe(this.cursor, {
      onStarted: () => isCurrent() && this.cursor && this.opts.onResumed(),
      onData: (cursor, event) => isCurrent() && this.onData(cursor, event),
      onError: (error) => isCurrent() && this.onError(error),
      onComplete: () => isCurrent() && this.openLater(),
    });
  }

  private onData(cursor: string, event: RoomEvent): void {
    switch (this.opts.onEvent(event)) {
      case 'taken':
        this.cursor = cursor;
        this.subscription.worked();
        return;
      case 'gap':
        // Asks again for what follows; the second time for everything.
        this.subscription.failed();
        if (this.subscription.failures > 1) this.cursor = undefined;
        return this.open();
      case 'broken':
        return this.restart();
      case 'old':
      case 'over':
        return;
    }
  }

  private onError(error: unknown): void {
    if (isPassing(error)) this.openLater(refusalOf(error)?.retryAfter);
    else this.opts.onRefused(error);
  }
}
