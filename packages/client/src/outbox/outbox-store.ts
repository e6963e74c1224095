/**
 * Where commands wait that the server has not answered yet: on this device, by person, room and client id, so that they
 * outlive the page. The numbers are those that the server knows, so whoever sends them again, however often, has them
 * done once.
 */

/** One numbering: the commands of one open room of one page. */
export interface OutboxPlace {
  readonly userId: string;
  readonly roomId: string;
  readonly clientId: string;
}

export interface KeptCommand {
  readonly seq: number;
  readonly name: string;
  readonly input: unknown;
}

export interface ClaimOptions {
  /** Waits until whoever holds it is gone, or until this aborts. */
  readonly wait?: AbortSignal | undefined;
}

/** All of its promises reject when the device refuses (full, private mode); calls take effect in the order they are made. */
export interface OutboxStore {
  /** Resolves once the commands are kept. */
  add(place: OutboxPlace, commands: readonly KeptCommand[]): Promise<void>;
  /** Forgets the commands of one numbering up to `seq`. */
  remove(place: OutboxPlace, seq: number): Promise<void>;
  /** In one step: nothing is kept at `from` any more, and `commands` at `to`. */
  move(from: OutboxPlace, to: OutboxPlace, commands: readonly KeptCommand[]): Promise<void>;
  /** Everything that is kept for a person, the oldest numbering first. */
  places(userId: string): Promise<readonly OutboxPlace[]>;
  /** In the order of their numbers. */
  read(place: OutboxPlace): Promise<readonly KeptCommand[]>;
  /** How many commands are kept for a person. */
  count(userId: string): Promise<number>;
  /** Forgets everything of a person, and tells the other pages of this browser. */
  clear(userId: string): Promise<void>;
  /** Calls `listener` when another page forgets a person: nothing more of theirs may be added here. */
  onCleared(listener: (userId: string) => void): void;
  /**
   * Takes a numbering for oneself: only its holder adds to it and sends from it. Null when a page that is alive holds it.
   * Freed by the returned function, and when the page dies.
   */
  claim(clientId: string, opts?: ClaimOptions): Promise<(() => void) | null>;
}
