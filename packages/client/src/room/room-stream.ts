/**
 * The subscription that a room's events come through: opened again whenever it ends, from the last good cursor, after
 * growing pauses, until the server refuses it for good or the room is closed.
 */
import type { RoomEvent } from '@atrium/rooms';
import { delayBefore } from '../connection/backoff.ts';
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
  private unsubscribe: () => void = () => {};
  /** The observer of a subscription that was replaced must not be heard any more. */
  private subscriptionId = 0;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  private cursor: string | undefined;
  private isClosed = false;

  constructor(opts: RoomStreamOptions) {
    this.opts = opts;
  }

  /** Opens the subscription, or opens it again at once. */
  open(): void {
    this.leave();
    if (this.isClosed) return;
    const id = this.subscriptionId;
    const isCurrent = () => this.subscriptionId === id;
    this.unsubscribe = this.opts.subscribe(this.cursor, {
      onStarted: () => isCurrent() && this.cursor && this.opts.onResumed(),
      onData: (cursor, event) => isCurrent() && this.onData(cursor, event),
      onError: (error) => isCurrent() && this.onError(error),
      onComplete: () => isCurrent() && this.openLater(),
    });
  }

  /** Asks for everything again. */
  restart(): void {
    this.cursor = undefined;
    this.open();
  }

  /** Opens it again after a pause, of at least `atLeast` milliseconds. */
  openLater(atLeast = 0): void {
    this.leave();
    this.failures += 1;
    this.opts.onLost(this.cursor === undefined);
    this.retry = setTimeout(() => this.open(), Math.max(atLeast, delayBefore(this.failures, Math.random())));
  }

  close(): void {
    this.isClosed = true;
    this.leave();
  }

  private leave(): void {
    this.subscriptionId += 1;
    this.unsubscribe();
    this.unsubscribe = () => {};
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
  }

  private onData(cursor: string, event: RoomEvent): void {
    switch (this.opts.onEvent(event)) {
      case 'taken':
        this.cursor = cursor;
        this.failures = 0;
        return;
      case 'gap':
        // Asks again for what follows; the second time for everything.
        this.failures += 1;
        if (this.failures > 1) this.cursor = undefined;
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
