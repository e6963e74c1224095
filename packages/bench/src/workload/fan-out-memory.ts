import type { Row } from '../report.ts';
import { MeasuredServer, Peers } from './fan-out-stage.ts';

const watchers = 1_000;
/** What is there before the first of the counted ones: code that is compiled, pools that are filled. */
const before = 200;

/** What a viewer costs while nothing happens: the socket, tRPC's waiting generator, the lane and the watcher. */
export async function fanOutMemory(): Promise<Row[]> {
  const bare = await perWatcher('bare');
  const silent = await perWatcher('ours', true);
  const ours = await perWatcher('ours');
  const kilobytes = (bytes: number) => `${(bytes / 1_024).toFixed(1)} KB`;
  return [
    {
      what: `memory of an idle watcher, heap and buffers after the garbage is gone (${watchers} watchers)`,
      value: `${kilobytes(ours)}, of it the socket of somebody who is signed in ${kilobytes(silent)}`,
      baseline: `bare ws: ${kilobytes(bare)}`,
      ratio: ours / bare,
    },
  ];
}

async function perWatcher(kind: 'ours' | 'bare', isSilent = kind === 'bare'): Promise<number> {
  await using peers = new Peers();
  await using server = await MeasuredServer.start(kind, peers);
  await server.watch(before);
  await server.drive({ turns: 100 });
  const empty = await server.memory();
  await server.watch(watchers, { isSilent });
  await server.drive({ turns: 20 });
  const full = await server.memory();
  return (full.used - empty.used) / watchers;
}
