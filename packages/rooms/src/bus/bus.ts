/**
 * Carries messages between nodes. An accelerator only: correctness never needs it, so delivery may be lost,
 * doubled or late. Implementations: memory.
 */
export interface Bus {
  publish(topic: string, message: string): void;
  /** Calls `listener` for each message until the returned function is called. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
}
