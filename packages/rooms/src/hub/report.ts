/** What an operator may want to know. Handed to `onReport`; the engine itself writes no logs. */
export type HubReport =
  | { readonly type: 'room-slowed'; readonly roomId: string; /** How long it waits. */ readonly ms: number }
  | { readonly type: 'command-failed'; readonly roomId: string; readonly command: string; readonly cause: unknown }
  | { readonly type: 'snapshot-failed'; readonly roomId: string; readonly cause: unknown }
  /** Said once for each outage of a room, not for each attempt. */
  | { readonly type: 'log-unavailable'; readonly roomId: string; readonly cause: unknown }
  /** The room closed itself; the next one who comes reads it from disk. */
  | { readonly type: 'room-failed'; readonly roomId: string; readonly cause: unknown }
  /** The log holds another history than this node had seen, or a chain that does not fit. */
  | { readonly type: 'new-epoch'; readonly roomId: string; readonly epoch: number };
