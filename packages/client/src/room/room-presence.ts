/** Who is in the room and where their cursors are: a subscription of its own, whose loss costs nothing. */
import type { Json, PresenceEvent, PresencePerson } from '@atrium/rooms';
import { Cell, type Observable } from '../observable.ts';
import { applyPresence } from './people.ts';

export interface RoomPresenceOptions {
  /** Opens the subscription; the returned function closes it. */
  readonly subscribe: (onEvent: (event: PresenceEvent) => void) => () => void;
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
  private readonly unsubscribe: () => void;
  private meta: Json = null;
  private isJoined = false;
  private isDirty = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(opts: RoomPresenceOptions) {
    this.opts = opts;
    this.unsubscribe = opts.subscribe((event) => this.onEvent(event));
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
    this.timer = null;
    this.isJoined = false;
  }

  private onEvent(event: PresenceEvent): void {
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
