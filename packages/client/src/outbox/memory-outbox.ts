import type { ClaimOptions, KeptCommand, OutboxPlace, OutboxStore } from './outbox-store.ts';

interface Kept {
  readonly place: OutboxPlace;
  commands: readonly KeptCommand[];
}

/** For Node, and where a browser keeps nothing: lasts as long as this object, over any number of clients. */
export class MemoryOutbox implements OutboxStore {
  private readonly kept = new Map<string, Kept>();
  private readonly held = new Map<string, Promise<void>>();

  async add(place: OutboxPlace, commands: readonly KeptCommand[]): Promise<void> {
    const known = this.kept.get(keyOf(place)) ?? { place, commands: [] };
    this.kept.set(keyOf(place), { place, commands: [...known.commands, ...structuredClone(commands)] });
  }

  async remove(place: OutboxPlace, seq: number): Promise<void> {
    const known = this.kept.get(keyOf(place));
    if (!known) return;
    known.commands = known.commands.filter((command) => command.seq > seq);
    if (known.commands.length === 0) this.kept.delete(keyOf(place));
  }

  async move(from: OutboxPlace, to: OutboxPlace, commands: readonly KeptCommand[]): Promise<void> {
    this.kept.delete(keyOf(from));
    if (commands.length > 0) await this.add(to, commands);
  }

  async places(userId: string): Promise<readonly OutboxPlace[]> {
    return [...this.kept.values()].map(({ place }) => place).filter((place) => place.userId === userId);
  }

  async read(place: OutboxPlace): Promise<readonly KeptCommand[]> {
    return this.kept.get(keyOf(place))?.commands ?? [];
  }

  async count(userId: string): Promise<number> {
    let count = 0;
    for (const { place, commands } of this.kept.values()) if (place.userId === userId) count += commands.length;
    return count;
  }

  async clear(userId: string): Promise<void> {
    for (const [key, { place }] of this.kept) if (place.userId === userId) this.kept.delete(key);
  }

  /** There are no other pages. */
  onCleared(): void {}

  async claim(clientId: string, { wait }: ClaimOptions = {}): Promise<(() => void) | null> {
    for (let holder = this.held.get(clientId); holder; holder = this.held.get(clientId)) {
      if (!wait || wait.aborted) return null;
      await Promise.race([holder, aborted(wait)]);
    }
    let free = () => {};
    const until = new Promise<void>((resolve) => (free = resolve));
    this.held.set(clientId, until);
    return () => {
      if (this.held.get(clientId) === until) this.held.delete(clientId);
      free();
    };
  }
}

function keyOf({ userId, roomId, clientId }: OutboxPlace): string {
  return JSON.stringify([userId, roomId, clientId]);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
