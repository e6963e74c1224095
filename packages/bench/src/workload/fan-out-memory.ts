import type { Row } from '../report.ts';
import { MeasuredServer, Peers } from './fan-out-stage.ts';

const watchers = 1_000;
/** What is there before the first of the counted ones: code that is compiled, pools that are filled. */
const before = 200;

/** What a viewer costs while nothing happens: the socket, tRPC's waiting generator, the lane and the watcher. */
export async function fanOutMemory(): Promise<Row[]> {
  const bare = await perWatcher('bare');
  const ours = await perWatcher('ours');
  const kilobytes = (bytes: number) => `${(bytes / 1_024).toFixed(1)} KB`;
  return [
    {
      what: `memory of an idle watcher, heap and buffers after the garbage is gone (${watchers} watchers)`,
      value: `${kilobytes(ours.used)} (of the process ${kilobytes(ours.rss)})`,
      baseline: `bare ws: ${kilobytes(bare.used)} (of the process ${kilobytes(bare.rss)})`,
      ratio: ours.used / bare.used,
    },
  ];
}

async function perWatcher(kind: 'ours' | 'bare'): Promise<{ used: number; rss: number }> {
  await using peers = new Peers();
  await using server = await MeasuredServer.start(kind, peers);
  await server.watch(before);
  await server.drive({ turns: 100 });
  const empty = await server.memory();
  await server.watch(watchers);
  await server.drive({ turns: 20 });
  const full = await server.memory();
  return { used: (full.used - empty.used) / watchers, rss: (full.rss - empty.rss) / watchers };
}
