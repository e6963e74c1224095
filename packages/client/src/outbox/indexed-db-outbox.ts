/**
 * The outbox of a browser: IndexedDB for the commands, Web Locks to know which page a numbering belongs to.
 * Written relaxed: what is kept survives the page and the browser; a power cut may take the last moments.
 */
import type { ClaimOptions, KeptCommand, OutboxPlace, OutboxStore } from './outbox-store.ts';

interface Row extends OutboxPlace, KeptCommand {
  /** Milliseconds since 1970: orders the numberings. */
  readonly at: number;
}

const databaseName = 'atrium-outbox';
const commands = 'commands';

/** Null where the browser has no IndexedDB or no Web Locks (they need a secure origin or localhost). */
export function openIndexedDbOutbox(): OutboxStore | null {
  const { indexedDB, navigator } = globalThis;
  return indexedDB && navigator?.locks ? new IndexedDbOutbox(indexedDB, navigator.locks) : null;
}

class IndexedDbOutbox implements OutboxStore {
  private readonly factory: IDBFactory;
  private readonly locks: LockManager;
  private readonly channel = new BroadcastChannel(databaseName);
  private opened: Promise<IDBDatabase> | null = null;

  constructor(factory: IDBFactory, locks: LockManager) {
    this.factory = factory;
    this.locks = locks;
  }

  add(place: OutboxPlace, added: readonly KeptCommand[]): Promise<void> {
    return this.write((store) => {
      for (const command of added) store.put(rowOf(place, command));
    });
  }

  remove(place: OutboxPlace, seq: number): Promise<void> {
    return this.write((store) => void store.delete(rangeOf(place, seq)));
  }

  move(from: OutboxPlace, to: OutboxPlace, moved: readonly KeptCommand[]): Promise<void> {
    return this.write((store) => {
      store.delete(rangeOf(from));
      for (const command of moved) store.put(rowOf(to, command));
    });
  }

  async places(userId: string): Promise<readonly OutboxPlace[]> {
    const oldest = new Map<string, Row>();
    for (const row of await this.rows(personRange(userId))) {
      const key = JSON.stringify([row.roomId, row.clientId]);
      const known = oldest.get(key);
      if (!known || row.at < known.at) oldest.set(key, row);
    }
    return [...oldest.values()]
      .toSorted((a, b) => a.at - b.at)
      .map(({ roomId, clientId }) => ({ userId, roomId, clientId }));
  }

  async read(place: OutboxPlace): Promise<readonly KeptCommand[]> {
    const rows = await this.rows(rangeOf(place));
    return rows.map(({ seq, name, input }) => ({ seq, name, input }));
  }

  async count(userId: string): Promise<number> {
    const database = await this.open();
    return answerOf(database.transaction(commands).objectStore(commands).count(personRange(userId)));
  }

  async clear(userId: string): Promise<void> {
    await this.write((store) => void store.delete(personRange(userId)));
    this.channel.postMessage(userId);
  }

  onCleared(listener: (userId: string) => void): void {
    this.channel.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return;
      listener(data);
      // What was added here in the moment before.
      this.write((store) => void store.delete(personRange(data))).catch(() => undefined);
    });
  }

  claim(clientId: string, { wait }: ClaimOptions = {}): Promise<(() => void) | null> {
    return new Promise((resolve) => {
      const request = wait ? { signal: wait } : { ifAvailable: true };
      this.locks
        .request(`atrium-outbox ${clientId}`, request, (lock) => {
          if (!lock) return resolve(null);
          return new Promise<void>((free) => resolve(() => free()));
        })
        // Only when the waiting was given up.
        .catch(() => resolve(null));
    });
  }

  private async write(change: (store: IDBObjectStore) => void): Promise<void> {
    const database = await this.open();
    const transaction = database.transaction(commands, 'readwrite', { durability: 'relaxed' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () => {
        reject(transaction.error ?? new Error('The browser keeps nothing any more.'));
      });
    });
    change(transaction.objectStore(commands));
    return done;
  }

  private async rows(range: IDBKeyRange): Promise<Row[]> {
    const database = await this.open();
    // Only this file writes there.
    return answerOf<Row[]>(database.transaction(commands).objectStore(commands).getAll(range));
  }

  private open(): Promise<IDBDatabase> {
    this.opened ??= this.connect();
    return this.opened;
  }

  private async connect(): Promise<IDBDatabase> {
    const request = this.factory.open(databaseName, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(commands, { keyPath: ['userId', 'roomId', 'clientId', 'seq'] });
    });
    try {
      const database = await answerOf(request);
      const again = () => (this.opened = null);
      database.addEventListener('close', again);
      // A later build wants another shape: it must not wait for this page.
      database.addEventListener('versionchange', () => {
        database.close();
        again();
      });
      return database;
    } catch (error) {
      this.opened = null;
      throw error;
    }
  }
}

function rowOf({ userId, roomId, clientId }: OutboxPlace, { seq, name, input }: KeptCommand): Row {
  return { userId, roomId, clientId, seq, name, input, at: Date.now() };
}

function rangeOf({ userId, roomId, clientId }: OutboxPlace, seq = Infinity): IDBKeyRange {
  return IDBKeyRange.bound([userId, roomId, clientId, 0], [userId, roomId, clientId, seq]);
}

/** An array is larger than every string. */
function personRange(userId: string): IDBKeyRange {
  return IDBKeyRange.bound([userId], [userId, []]);
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The browser does not answer.')));
  });
}
