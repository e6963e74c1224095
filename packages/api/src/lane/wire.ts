/** The number that a subscription has on the wire. */
export type WireId = number | string | null;

/** Above this many unread bytes nothing is written: what happens meanwhile is joined to one diff, or a snapshot. */
export const highWater = 256 * 1024;

/** What a lane needs of the socket under it. Everything is written in the order of the calls. */
export interface Wire {
  /** False once closing has begun: nothing may be written behind the closing frame. */
  readonly isOpen: boolean;
  /** Bytes that the peer has not taken yet. */
  readonly unread: number;
  /**
   * Writes whole frames past the WebSocket library. False, and nothing is written, when it is not open or was silenced,
   * and when more than `mostUnread` bytes are unread. On the path of every event to every viewer.
   */
  tell(frames: Buffer, mostUnread: number): boolean;
  /** From now on `tell` writes nothing: the session is over. */
  silence(): void;
  /** Begins a text message: its first fragment. What is sent next is its other one, and nothing may come between. */
  begin(text: string): void;
  /** A text message, or what is left of one. A buffer is not copied: any number of wires may share it. */
  send(text: string | Buffer<ArrayBuffer>): void;
  /** Calls `listener` once, when the peer has taken everything. */
  onDrained(listener: () => void): void;
}
