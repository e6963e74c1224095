import type { Ending } from '@atrium/db';
import { type DoneBy, type EndReason, isAtLeast, type Role } from '@atrium/rooms';

/** What one person may do in one room at this moment. `role` is null when they may not be there. */
export interface Access {
  readonly role: Role | null;
  readonly kind: string;
  readonly archived: boolean;
  /** An administrator lets nobody change anything. */
  readonly frozen: boolean;
  /** False for whoever looks on in a public room. */
  readonly isMember: boolean;
}

/** What became of an access. */
export interface AccessChange {
  readonly access: Access;
  /** Why the role became null. */
  readonly gone: EndReason | null;
  /** Who did it, if it was a person. */
  readonly by: DoneBy | undefined;
}

/** A held place: its access follows the database until it is released. */
export interface Seat {
  readonly roomId: string;
  readonly userId: string;
  readonly access: Access;
  /** Calls `listener` on each change. */
  onChange(listener: (change: AccessChange) => void): () => void;
  release(): void;
}

interface Entry {
  readonly roomId: string;
  readonly userId: string;
  access: Access;
  /** What the listeners know. */
  told: Access;
  holders: number;
  /** Counts changes, so that a reading that was overtaken is read again. */
  changes: number;
  loading: Promise<void>;
  /** True once `loading` was. */
  isRead: boolean;
  readonly listeners: Set<(change: AccessChange) => void>;
}

/** Asks the database; null for who is no member. */
export type ReadAccess = (userId: string, roomId: string) => Promise<Access | null>;

/** What a change is told with: `gone` in case that it takes the role away. */
type Told = Pick<AccessChange, 'by'> & { readonly gone: EndReason };

const nowhere: Access = { role: null, kind: '', archived: false, frozen: false, isMember: false };

/**
 * Roles in memory for as long as a stream or a call needs them. Registers first, then reads: a change that commits
 * while the row is being read makes it be read again, so no stream keeps a role that was taken away.
 */
export class RoomSeats {
  readonly #entries = new Map<string, Entry>();
  readonly #readAccess: ReadAccess;

  constructor(readAccess: ReadAccess) {
    this.#readAccess = readAccess;
  }

  /** Null when this user is no member of the room, or there is no such room: nobody can tell which. */
  async take(userId: string, roomId: string): Promise<Seat | null> {
    const entry = this.#hold(userId, roomId);
    try {
      await entry.loading;
    } catch (error) {
      this.#letGo(entry);
      throw error;
    }
    if (entry.access.role === null) {
      this.#letGo(entry);
      return null;
    }
    return this.#seat(entry);
  }

  /** True when somebody holds this seat, so that taking it again reads nothing. */
  holds(userId: string, roomId: string): boolean {
    return this.#entries.has(keyOf(userId, roomId));
  }

  onEnding(ending: Ending): void {
    switch (ending.type) {
      case 'member': {
        const entry = this.#entries.get(keyOf(ending.userId, ending.roomId));
        if (entry) this.#hear(entry, ending);
        return;
      }
      case 'room':
        for (const entry of [...this.#entries.values()]) {
          if (entry.roomId === ending.roomId) this.#hearOfRoom(entry, ending);
        }
        return;
      case 'session':
      case 'user':
      case 'standing':
        return;
    }
  }

  /** Reads every held seat again: notifications may have been missed. */
  async reread(): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#readAgain(entry)));
  }

  /**
   * Reads the held seats of a room before word of a change has come. What they find counts at once; it is told with that
   * word, which knows who did it and why, or else by the next sweep.
   */
  async refresh(roomId: string): Promise<void> {
    const entries = [...this.#entries.values()].filter((entry) => entry.roomId === roomId);
    await Promise.all(entries.map((entry) => this.#read(entry)));
  }

  /**
   * What lowers a role counts at once. What raises one is not believed, because whoever may log in to the database may
   * send such a message: the row is read.
   */
  #hear(entry: Entry, { role, reason = 'removed', by }: Extract<Ending, { type: 'member' }>): void {
    const { access } = entry;
    const told = { gone: reason, by };
    const isLower = role === null || (access.role !== null && !isAtLeast(role, access.role));
    if (isLower) this.#change(entry, { role }, told);
    else entry.changes += 1;
    // The first reading is still under way and reads again by itself. One that fails now is made up for by a sweep.
    if (entry.isRead) this.#readAgain(entry, told).catch(() => {});
  }

  /** What takes something away counts at once; what gives it back is read, as above. */
  #hearOfRoom(entry: Entry, { change, by }: Extract<Ending, { type: 'room' }>): void {
    const told: Told = { gone: change === 'deleted' ? 'room-deleted' : 'removed', by };
    switch (change) {
      case 'deleted':
        this.#change(entry, { role: null }, told);
        return;
      case 'private':
        // Whether somebody is a member by now, the row says.
        if (!entry.access.isMember) this.#change(entry, { role: null }, told);
        break;
      case 'archived':
      case 'frozen':
        this.#change(entry, { [change]: true }, told);
        break;
      case 'unarchived':
      case 'unfrozen':
        entry.changes += 1;
    }
    if (entry.isRead) this.#readAgain(entry, told).catch(() => {});
  }

  async #readAgain(entry: Entry, told: Told = { gone: 'removed', by: undefined }): Promise<void> {
    await this.#read(entry);
    const { access, told: before } = entry;
    const parts = ['role', 'archived', 'frozen', 'isMember'] as const;
    if (parts.some((part) => before[part] !== access[part])) this.#change(entry, {}, told);
  }

  #hold(userId: string, roomId: string): Entry {
    const key = keyOf(userId, roomId);
    const known = this.#entries.get(key);
    if (known) {
      known.holders += 1;
      return known;
    }
    const entry: Entry = {
      roomId,
      userId,
      access: nowhere,
      told: nowhere,
      holders: 1,
      changes: 0,
      loading: Promise.resolve(),
      isRead: false,
      listeners: new Set(),
    };
    this.#entries.set(key, entry);
    entry.loading = this.#read(entry);
    return entry;
  }

  async #read(entry: Entry): Promise<void> {
    for (;;) {
      const seen = entry.changes;
      const found = await this.#readAccess(entry.userId, entry.roomId);
      if (seen !== entry.changes) continue;
      entry.access = found ?? { ...entry.access, role: null };
      if (!entry.isRead) entry.told = entry.access;
      entry.isRead = true;
      return;
    }
  }

  #change(entry: Entry, change: Partial<Access>, { gone, by }: Told): void {
    entry.changes += 1;
    const access = { ...entry.access, ...change };
    entry.access = access;
    entry.told = access;
    for (const listener of [...entry.listeners]) listener({ access, gone: access.role === null ? gone : null, by });
  }

  #seat(entry: Entry): Seat {
    let held = true;
    const own = new Set<() => void>();
    return {
      roomId: entry.roomId,
      userId: entry.userId,
      get access() {
        return entry.access;
      },
      onChange(listener) {
        entry.listeners.add(listener);
        const stop = () => void entry.listeners.delete(listener);
        own.add(stop);
        return stop;
      },
      release: () => {
        if (!held) return;
        held = false;
        for (const stop of own) stop();
        this.#letGo(entry);
      },
    };
  }

  #letGo(entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders === 0) this.#entries.delete(keyOf(entry.userId, entry.roomId));
  }
}

function keyOf(userId: string, roomId: string): string {
  return `${userId} ${roomId}`;
}
