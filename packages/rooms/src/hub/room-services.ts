import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';
import type { BatchActor, RoomLog } from '../log/room-log.ts';
import type { HubLimits } from './limits.ts';
import type { LogOutages } from './log-outages.ts';
import type { HubReport } from './report.ts';

/** What every part of one node's engine is given. */
export interface RoomServices {
  readonly log: RoomLog;
  readonly bus: Bus;
  readonly clock: Clock;
  /** This node's name, unique among those that share the log. */
  readonly node: string;
  /** A new random UUID. */
  readonly newId: () => string;
  readonly limits: HubLimits;
  readonly report: (report: HubReport) => void;
  readonly outages: LogOutages;
  /** Reads again who may do what in a room; answers which sign-ins are over. The log knows better than what waits. */
  readonly recheck: (roomId: string, denied: readonly BatchActor[]) => Promise<ReadonlySet<string>>;
}
