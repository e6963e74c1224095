/**
 * Who is in the room and where their cursors are: a subscription of its own, whose loss costs nothing. It is opened again
 * whenever it ends, after growing pauses, until the server refuses it for good or the room is closed.
 */
import type { Json, PresenceEvent, PresencePerson } from '@atrium/rooms';
import { Resubscription } from '../connection/resubscription.ts';
import { Cell, type Observable } from '../observable.ts';
import { isPassing } from '../refusal.ts';
import { applyPresence } from './people.ts';

/** What a subscription tells whoever opened it. */
export interface PresenceObserver {
  readonly onEvent: (event: PresenceEvent) => void;
  readonly onError: (error: unknown) => void;
  readonly onComplete: () => void;
}

export interface RoomPresenceOptions {
  /** Opens the subscription; the returned function closes it. */
  readonly subscribe: (observer: PresenceObserver) => () => void;
  /** Tells the others; failures do not matter, the next one corrects it. */
  readonly post: (meta: Json) => void;
  /** False while the socket has more to send than it can: a cursor of the past helps nobody. */
  readonly canPost: () => boolean;
}

/** At most one message in this time, milliseconds. */
const intervalMs = 50;

export class RoomPresence {
  private readonly opts: RoomPresenceOptions;
  private readonly peopleCell = new Cell<readonly PresencePerson[]>([]);
  private readonly subscription: Resubscription;
  private meta: Json = null;
  private isJoined = false;
  private isDirty = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(opts: RoomPresenceOptions) {
    this.opts = opts;
    this.subscription = new Resubscription((isCurrent) => this.subscribe(isCurrent));
    this.subscription.open();
  }

  /** Everyone in the room, oneself included, each person once. */
  get people(): Observable<readonly PresencePerson[]> {
    return this.peopleCell;
  }

  /** Tells the others about this tab: at once, then at most every 50 ms; the last value wins. */
  set(meta: Json): void {
    this.meta = meta;
    this.isDirty = true;
    if (!this.timer) this.flush();
  }

  close(): void {
    this.leave(false);
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private subscribe(isCurrent: () => boolean): () => void {
    return this.opts.subscribe({
      onEvent: (event) => isCurrent() && this.onEvent(event),
      onError: (error) => isCurrent() && this.leave(isPassing(error)),
      onComplete: () => isCurrent() && this.leave(true),
    });
  }

  private leave(isToComeBack: boolean): void {
    this.isJoined = false;
    if (isToComeBack) this.subscription.openLater();
    else this.subscription.close();
  }

  private onEvent(event: PresenceEvent): void {
    this.subscription.worked();
    this.peopleCell.set(applyPresence(this.peopleCell.get(), event));
    if (event.type !== 'presence') return;
    // A fresh subscription is a fresh connection to the server: it knows nothing of us yet.
    this.isJoined = true;
    if (this.meta !== null) this.set(this.meta);
  }

  private flush(): void {
    this.timer = null;
    if (!this.isDirty || !this.isJoined) return;
    if (this.opts.canPost()) {
      this.isDirty = false;
      this.opts.post(this.meta);
    }
    this.timer = setTimeout(() => this.flush(), intervalMs);
  }
}
