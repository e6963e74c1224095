import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';
import type { DriveOrder } from './fan-out-server.ts';
import { MeasuredServer, Peers } from './fan-out-stage.ts';

const rounds = 3;

interface Load {
  readonly watchers: number;
  readonly opts: Partial<DriveOrder>;
  readonly what: string;
}

/**
 * What it costs to tell everybody in a room, beside a bare `ws` server that sends a buffer of the same size to as many:
 * processor time of the server's process per delivered diff, the commits included (on a log in memory; what they cost
 * alone is measured in a room that nobody watches). The two take turns; medians.
 */
export const fanOut200 = (): Promise<Row[]> => compare({ watchers: 200, opts: { turns: 150 }, what: '50 diffs/s' });
export const fanOut1000 = (): Promise<Row[]> => compare({ watchers: 1_000, opts: { turns: 100 }, what: '50 diffs/s' });
/** 150,000 deliveries a second. */
export const fanOut3000 = (): Promise<Row[]> => compare({ watchers: 3_000, opts: { turns: 75 }, what: '50 diffs/s' });

/** Turn after turn, without a pause. */
export const fanOutClosedLoop = (): Promise<Row[]> =>
  compare({ watchers: 1_000, opts: { turns: 200, turnsPerSecond: null }, what: 'as fast as it goes' });

/** Eight diffs in each turn of the event loop. */
export const fanOutBursts = (): Promise<Row[]> =>
  compare({ watchers: 1_000, opts: { turns: 75, burst: 8 }, what: '50 turns/s of 8 diffs each' });

async function compare({ watchers, opts, what }: Load): Promise<Row[]> {
  await using peers = new Peers();
  await using bare = await MeasuredServer.start('bare', peers);
  await using ours = await MeasuredServer.start('ours', peers);
  await bare.watch(watchers);
  await ours.watch(watchers);
  const figures = { bare: [] as Figure[], ours: [] as Figure[] };
  const commits: number[] = [];
  for (const server of [bare, ours]) await measure(server, peers, { watchers, opts: { ...opts, turns: 50 } });
  for (let round = 0; round < rounds; round += 1) {
    for (const server of [bare, ours]) {
      figures[server.kind].push(await measure(server, peers, { watchers, opts }));
    }
    commits.push((await ours.drive({ ...opts, isWatched: false })).whole);
  }
  const sent = (opts.turns ?? 100) * (opts.burst ?? 1);
  const commit = (percentile(commits, 50) * 1_000) / sent / watchers;
  const median = (key: keyof Figure, of: readonly Figure[]) =>
    percentile(
      of.map((each) => each[key]),
      50,
    );
  const [cost, bareCost] = [median('whole', figures.ours), median('whole', figures.bare)];
  const [main, bareMain] = [median('main', figures.ours), median('main', figures.bare)];
  const arrived = median('arrived', figures.ours);
  const load = `one room, ${watchers} watchers, ${what}`;
  return [
    {
      what: `${load}: processor time per delivered diff (of it ${commit.toFixed(2)} µs the commit)`,
      value: `${cost.toFixed(2)} µs (main thread ${main.toFixed(2)}); ${(arrived * 100).toFixed(1)} % arrived`,
      baseline: `ws.send(Buffer): ${bareCost.toFixed(2)} µs (main thread ${bareMain.toFixed(2)})`,
      ratio: cost / bareCost,
    },
    {
      what: `${load}: delivered in a second, share of a core`,
      value: `${Math.round(median('perSecond', figures.ours))} /s, ${median('core', figures.ours).toFixed(0)} %`,
      baseline: `ws.send(Buffer): ${Math.round(median('perSecond', figures.bare))} /s, ${median('core', figures.bare).toFixed(0)} %`,
      ratio: median('core', figures.ours) / median('core', figures.bare),
    },
  ];
}

/** Microseconds per delivered message, and how many of those that were sent arrived (0 to 1). */
interface Figure {
  readonly whole: number;
  readonly main: number;
  readonly arrived: number;
  readonly perSecond: number;
  /** Percent of a core. */
  readonly core: number;
}

async function measure(
  server: MeasuredServer,
  peers: Peers,
  { watchers, opts }: Pick<Load, 'watchers' | 'opts'>,
): Promise<Figure> {
  const before = await peers.count(server.kind);
  const driven = await server.drive(opts);
  const sent = (opts.turns ?? 100) * (opts.burst ?? 1) * watchers;
  const after = await peers.wait(server.kind, before.messages + sent);
  const arrived = after.messages - before.messages;
  console.log(
    `  ${server.kind} ${watchers}: ${arrived} of ${sent} of ${Math.round((after.bytes - before.bytes) / arrived)} bytes, ${((driven.whole * 1_000) / arrived).toFixed(2)} µs (main ${((driven.main * 1_000) / arrived).toFixed(2)})`,
  );
  return {
    whole: (driven.whole * 1_000) / arrived,
    main: (driven.main * 1_000) / arrived,
    arrived: arrived / sent,
    perSecond: (arrived * 1_000) / driven.elapsed,
    core: (driven.whole / driven.elapsed) * 100,
  };
}
