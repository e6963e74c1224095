import type { Row } from './report.ts';
import { acknowledge } from './workload/acknowledge.ts';
import { fanOut200, fanOut1000, fanOut3000, fanOutBursts, fanOutClosedLoop } from './workload/fan-out.ts';
import { fanOutMemory } from './workload/fan-out-memory.ts';
import { fanOutStalled } from './workload/fan-out-stalled.ts';
import { identity } from './workload/identity.ts';
import { lateJoins } from './workload/late-joins.ts';
import { manyRooms } from './workload/many-rooms.ts';
import { oneRoom } from './workload/one-room.ts';
import { peers } from './workload/peers.ts';
import { reconnect } from './workload/reconnect.ts';
import { revocation } from './workload/revocation.ts';
import { roleAtCommit } from './workload/role-at-commit.ts';
import { startUp } from './workload/start-up.ts';

/** Measures for about a minute, revocation for two or three; no rows where it has nothing to say about this database. */
export type Workload = () => Promise<readonly Row[]>;

/** Every workload there is, one line each, in the order of the page. */
export const workloads: Readonly<Record<string, Workload>> = {
  startUp,
  acknowledge,
  oneRoom,
  manyRooms,
  fanOut200,
  fanOut1000,
  fanOut3000,
  fanOutClosedLoop,
  fanOutBursts,
  fanOutMemory,
  fanOutStalled,
  peers,
  revocation,
  roleAtCommit,
  reconnect,
  lateJoins,
  identity,
};
