import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';
import type { Driven } from './fan-out-server.ts';
import { MeasuredServer, Peers } from './fan-out-stage.ts';

const [watchers, stalled] = [50, 10];
/** 40 KB a diff, 50 a second: in five seconds 10 MB for each reader, of which a kernel keeps a few. */
const load = { turns: 250, padding: 40_000 };
const rounds = 2;

interface Outcome {
  readonly p99: number;
  /** Bytes that the server's process holds more than before; what the log in memory has grown by is in it. */
  readonly grown: number;
  /** Messages that a stalled reader got in the end. */
  readonly gotten: number;
}

/** Ten of fifty readers stop reading. What the server keeps for them, and what the others feel of it. */
export async function fanOutStalled(): Promise<Row[]> {
  const outcomes = { alone: [] as Outcome[], beside: [] as Outcome[] };
  for (let round = 0; round < rounds; round += 1) {
    outcomes.alone.push(await run(0));
    outcomes.beside.push(await run(stalled));
  }
  const [alone, beside] = [medianOf(outcomes.alone), medianOf(outcomes.beside)];
  const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
  const what = `${stalled} of ${watchers} readers take nothing, 50 diffs/s of 40 KB`;
  return [
    {
      what: `${what}: from the commit to a healthy reader, p99`,
      value: `${beside.p99.toFixed(1)} ms`,
      baseline: `all of them read: ${alone.p99.toFixed(1)} ms`,
      ratio: beside.p99 / alone.p99,
    },
    {
      what: `${what}: what the server's heap and buffers have grown by`,
      value: `${megabytes(beside.grown)} (of ${load.turns} diffs a stalled reader got ${beside.gotten} messages, later)`,
      baseline: `all of them read: ${megabytes(alone.grown)}, the log`,
      ratio: beside.grown / alone.grown,
    },
  ];
}

function medianOf(outcomes: readonly Outcome[]): Outcome {
  const median = (key: keyof Outcome) =>
    percentile(
      outcomes.map((each) => each[key]),
      50,
    );
  return { p99: median('p99'), grown: median('grown'), gotten: median('gotten') };
}

async function run(stopped: number): Promise<Outcome> {
  await using peers = new Peers();
  await using server = await MeasuredServer.start('ours', peers);
  await server.watch(watchers, { keepTimes: true });
  await server.drive({ ...load, turns: 25 });
  await peers.wait(server.kind, watchers * 27);
  await peers.times(server.kind);
  await peers.pause(server.kind, stopped);
  const before = await server.memory();
  const driven = await server.drive(load);
  const grown = (await server.memory()).used - before.used;
  await peers.wait(server.kind, Infinity);
  const healthy = (await peers.times(server.kind)).slice(stopped);
  await peers.resume(server.kind);
  await peers.wait(server.kind, Infinity);
  const late = (await peers.times(server.kind)).slice(0, stopped).map((times) => times.length);
  return {
    p99: percentile(
      healthy.flatMap((times) => latencies(times, driven)),
      99,
    ),
    grown,
    gotten: percentile(late, 50),
  };
}

/** A healthy reader gets every diff, so its arrivals and the commits are in step. */
function latencies(times: readonly number[], { sentAt }: Driven): number[] {
  if (times.length !== sentAt.length) throw new Error(`A healthy reader got ${times.length} of ${sentAt.length} diffs`);
  return times.map((at, index) => at - (sentAt[index] ?? at));
}
