import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';
import type { Driven } from './fan-out-server.ts';
import { MeasuredServer, Peers } from './fan-out-stage.ts';

const [watchers, stalled] = [50, 10];
/** Some 20 KB a diff, 50 a second: in twelve seconds twelve megabytes for each reader, of which a kernel keeps a few. */
const load = { turns: 600, padding: 9_900 };

interface Outcome {
  readonly p99: number;
  /** Bytes that the server's process has more than before. */
  readonly grown: number;
}

/** Ten of fifty readers stop reading. What the server keeps for them, and what the others feel of it. */
export async function fanOutStalled(): Promise<Row[]> {
  const alone = await run(0);
  const beside = await run(stalled);
  const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
  const what = `${stalled} of ${watchers} readers take nothing, 50 diffs/s of 20 KB`;
  return [
    {
      what: `${what}: from the commit to a healthy reader, p99`,
      value: `${beside.p99.toFixed(1)} ms`,
      baseline: `all of them read: ${alone.p99.toFixed(1)} ms`,
      ratio: beside.p99 / alone.p99,
    },
    {
      what: `${what}: what the server's heap and buffers have grown by`,
      value: megabytes(beside.grown),
      baseline: `written to each reader: ${megabytes(load.turns * load.padding * 2)}`,
      ratio: beside.grown / (load.turns * load.padding * 2 * stalled),
    },
  ];
}

async function run(stopped: number): Promise<Outcome> {
  await using peers = new Peers();
  await using server = await MeasuredServer.start('ours', peers);
  await server.watch(watchers, { keepTimes: true });
  await server.drive({ ...load, turns: 50 });
  await peers.wait(server.kind, watchers * 52);
  await peers.times(server.kind);
  await peers.pause(server.kind, stopped);
  const before = await server.memory();
  const driven = await server.drive(load);
  const grown = (await server.memory()).used - before.used;
  const { messages } = await peers.count(server.kind);
  await peers.wait(server.kind, messages);
  const healthy = (await peers.times(server.kind)).slice(stopped);
  return {
    p99: percentile(
      healthy.flatMap((times) => latencies(times, driven)),
      99,
    ),
    grown,
  };
}

/** A healthy reader gets every diff, so its arrivals and the commits are in step. */
function latencies(times: readonly number[], { sentAt }: Driven): number[] {
  if (times.length !== sentAt.length) throw new Error(`A healthy reader got ${times.length} of ${sentAt.length} diffs`);
  return times.map((at, index) => at - (sentAt[index] ?? at));
}
