/** Who is in the room and where their cursors are: a subscription of its own, whose loss costs nothing. */
import type { Json, PresenceEvent, PresencePerson } from '@atrium/rooms';
import { Cell, type Observable } from '../observable.ts';
import { applyPresence } from './people.ts';

export interface RoomPresenceOptions {
  /** Opens the subscription; the returned function closes it. `onLost`: it is over although nobody closed it. */
  readonly subscribe: (onEvent: (event: PresenceEvent) => void, onLost: () => void) => () => void;
  /** Milliseconds to wait before the subscription is opened again, after so many losses in a row. */
  readonly delay: (losses: number) => number;
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
  private unsubscribe: () => void = () => undefined;
  private meta: Json = null;
  private isJoined = false;
  private isDirty = false;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private losses = 0;

  constructor(opts: RoomPresenceOptions) {
    this.opts = opts;
    this.open();
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
    this.unsubscribe();
    if (this.timer) clearTimeout(this.timer);
    if (this.retry) clearTimeout(this.retry);
    this.timer = null;
    this.isJoined = false;
  }

  private open(): void {
    this.unsubscribe = this.opts.subscribe(
      (event) => this.onEvent(event),
      () => this.onLost(),
    );
  }

  /** Whoever was here stays shown until it is known better. */
  private onLost(): void {
    this.isJoined = false;
    this.losses += 1;
    if (this.retry) clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), this.opts.delay(this.losses));
  }

  private onEvent(event: PresenceEvent): void {
    this.losses = 0;
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
