import { type CpuTime, watchChildrenCpu, watchCpu } from '../measure/cpu-time.ts';
import { countSyncs } from '../measure/disk-syncs.ts';
import type { ChildServer } from '../server/child-server.ts';
import { pause, startLoop } from './drive.ts';
import type { RoomSocket } from './room-socket.ts';

/** What a closed loop came to, and what it took: cores in use (1 is one core, all the time), syncs of the disk. */
export interface MeasuredLoad {
  /** Acknowledged commands. */
  readonly perSecond: number;
  readonly main: number;
  readonly database: number;
  /** Everything else in the server's process: garbage collector, compiler, file system. */
  readonly rest: number;
  readonly generator: number;
  readonly syncsPerSecond: number;
}

export interface LoadOptions {
  readonly server: ChildServer;
  /** As in `DurableDatabase`: 0 when the database is a thread of the server. */
  readonly postmaster: number;
  /** Milliseconds. */
  readonly warmUp: number;
  readonly measured: number;
  /** In one call; 1 when left out. */
  readonly commands?: number;
}

type Used = Omit<MeasuredLoad, 'perSecond'>;

export async function measureLoad(sockets: readonly RoomSocket[], opts: LoadOptions): Promise<MeasuredLoad> {
  const loop = startLoop(sockets, opts.commands);
  await pause(opts.warmUp);
  const used = watch(opts.server.pid, opts.postmaster);
  const [before, began] = [loop.acknowledged(), performance.now()];
  await pause(opts.measured);
  const seconds = (performance.now() - began) / 1_000;
  const perSecond = (loop.acknowledged() - before) / seconds;
  const load = { perSecond, ...used(seconds) };
  await loop.stop();
  return load;
}

function watch(pid: number, postmaster: number): (seconds: number) => Used {
  const [server, postgres, generator] = [watchCpu(pid), watchChildrenCpu(postmaster), watchCpu(process.pid)];
  const syncs = countSyncs();
  return (seconds) => {
    const { main, second, rest } = server.since();
    const isThread = postmaster === 0;
    return {
      main: main / seconds,
      database: (isThread ? second : postgres.since()) / seconds,
      rest: (isThread ? rest : rest + second) / seconds,
      generator: sum(generator.since()) / seconds,
      syncsPerSecond: (countSyncs() - syncs) / seconds,
    };
  };
}

function sum({ main, second, rest }: CpuTime): number {
  return main + second + rest;
}
