/** A server that tells what one client says to all others, as its own documentation would have it done, and its client. */
export interface Peer {
  /** Listens on a free port of 127.0.0.1 and answers which. In a process of its own. */
  serve(): Promise<number>;
  /** Resolves when messages of others would arrive. */
  join(port: number, onMessage: () => void): Promise<PeerClient>;
}

export interface PeerClient {
  /** Tells all who have joined. */
  publish(text: string): void;
  close(): void;
}
