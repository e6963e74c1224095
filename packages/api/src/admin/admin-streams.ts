import { type Database, type Ending, findStanding } from '@atrium/db';

interface AdminStream {
  readonly userId: string;
  end(): void;
}

/** Asks the database whether this user is an administrator. */
export type ReadIsAdmin = (userId: string) => Promise<boolean>;

/** What administrators watch. It ends when they are administrators no more; whoever says so, the row is read. */
export class AdminStreams {
  readonly #streams = new Set<AdminStream>();
  readonly #readIsAdmin: ReadIsAdmin;

  constructor(readIsAdmin: ReadIsAdmin) {
    this.#readIsAdmin = readIsAdmin;
  }

  /** Register first, then look at the row: a change in between is told to `end`. Answers how to take it out again. */
  async add(stream: AdminStream): Promise<() => void> {
    this.#streams.add(stream);
    await this.#check(stream);
    return () => void this.#streams.delete(stream);
  }

  onEnding(ending: Ending): void {
    if (ending.type !== 'standing') return;
    for (const stream of this.#streams) if (stream.userId === ending.userId) void this.#check(stream);
  }

  /** Words may have been missed. */
  async reread(): Promise<void> {
    await Promise.all([...this.#streams].map((stream) => this.#check(stream)));
  }

  async #check(stream: AdminStream): Promise<void> {
    // Unknown is not good: whoever cannot be read is shown nothing more.
    const isAdmin = await this.#readIsAdmin(stream.userId).catch(() => false);
    if (isAdmin) return;
    this.#streams.delete(stream);
    stream.end();
  }
}

export function readIsAdminFrom(db: Database): ReadIsAdmin {
  return async (userId) => (await db.withScope({ user: userId }, (tx) => findStanding(tx, userId)))?.role === 'admin';
}
