/** Bounds of one node's engine. Times in milliseconds. */
export interface HubLimits {
  /** Of one group commit and of one request. */
  readonly batchCommands: number;
  readonly batchBytes: number;
  /** What may wait for one room. */
  readonly queuedCommands: number;
  readonly queuedBytes: number;
  readonly openRooms: number;
  /** A room without watchers and commands closes after this. */
  readonly idleTime: number;
  readonly snapshotBatches: number;
  readonly snapshotBytes: number;
  /** Compaction keeps at least both of these behind the newest snapshot. */
  readonly keptBatches: number;
  readonly keptTime: number;
  /** Recent batches in memory, for viewers that are behind or return. */
  readonly ringBatches: number;
  readonly ringBytes: number;
  /** What is read from the log for a viewer who returns; who missed more starts from a snapshot. */
  readonly resumeBatches: number;
  /** How often an open room looks for what another node wrote and the bus did not tell. */
  readonly pollTime: number;
  /** The same while the log could not be reached. */
  readonly repairTime: number;
  /** An answer of the log that takes longer counts as lost. */
  readonly logTime: number;
  /** Waits between attempts to reach a log that does not answer; after the last one the senders are told. */
  readonly retryTimes: readonly number[];
  /** Time that a room's commands may run per second, and in one turn of the event loop. */
  readonly runTimePerSecond: number;
  readonly runTimePerTurn: number;
  /** How many clients of one person a room remembers, and for how long. */
  readonly clientsPerUser: number;
  readonly clientTime: number;
}

export const defaultLimits: HubLimits = {
  batchCommands: 500,
  batchBytes: 256 * 1024,
  queuedCommands: 5_000,
  queuedBytes: 4 * 1024 * 1024,
  openRooms: 10_000,
  idleTime: 60_000,
  snapshotBatches: 1_000,
  snapshotBytes: 1024 * 1024,
  keptBatches: 1_000,
  keptTime: 10 * 60_000,
  ringBatches: 1_000,
  ringBytes: 1024 * 1024,
  resumeBatches: 1_000,
  pollTime: 15_000,
  repairTime: 1_000,
  logTime: 10_000,
  retryTimes: [50, 250, 700],
  runTimePerSecond: 250,
  runTimePerTurn: 8,
  clientsPerUser: 200,
  clientTime: 30 * 24 * 60 * 60_000,
};
