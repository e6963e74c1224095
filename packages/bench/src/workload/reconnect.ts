import { type Fault, losses, measureReturn, Person, type Return, startTestServer } from '@atrium/testkit';
import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';

const samples = 10;
const offline = 500;
/** In this one nobody tells the client, and what it began in the dark is lost. */
const longOffline = 10_000;

type Sample = (loss: Fault, opts: { offline: number; isTold: boolean }) => Promise<Return>;

/**
 * From the moment at which the network is back until a client shows what it missed and what is drawn now. Beside it a
 * bare `ws` that knocks in that very moment: what nobody can be faster than who does not know when to knock.
 */
export async function reconnect(): Promise<Row[]> {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  const away = await Person.signUp(server.url, 'Ada');
  const pen = await Person.signUp(server.url, 'Bob');
  const sample: Sample = async (loss, opts) => {
    const roomId = await away.createBoard();
    await away.letIn(pen, roomId, 'editor');
    return measureReturn({ server, away, pen, roomId, loss, ...opts });
  };
  const [told, untold] = [await sampleAll(sample, true), await sampleAll(sample, false)];
  const long = await Promise.all(losses.map((loss) => sampleOne(sample, loss, { from: longOffline, isTold: false })));
  const [dark, answered] = [long.at(-1) ?? [], long.slice(0, -1).flat()];
  return [
    ...rowsOf(`network back to live, ${told.length} losses of mixed kinds, told by the browser`, told),
    ...rowsOf(`network back to live, ${untold.length} losses of mixed kinds, told by nobody`, untold),
    ...rowsOf(
      `network back to live, ${answered.length} refusals of ${longOffline / 1_000} s, told by nobody`,
      answered,
    ),
    ...rowsOf(`network back to live, ${dark.length} black holes of ${longOffline / 1_000} s, told by nobody`, dark),
    {
      what: `snapshots in ${[told, untold, ...long].flat().length} returns`,
      value: `${[told, untold, ...long].flat().reduce((sum, { snapshots }) => sum + snapshots, 0)}`,
      baseline: 'all caught up by diffs: 0',
      ratio: 1,
    },
  ];
}

async function sampleAll(sample: Sample, isTold: boolean): Promise<readonly Return[]> {
  const all: Return[] = [];
  for (const loss of losses) all.push(...(await sampleOne(sample, loss, { from: offline, isTold })));
  return all;
}

/** Beside each other: most of the time is spent waiting. At another moment for each, as networks do. */
function sampleOne(sample: Sample, loss: Fault, opts: { from: number; isTold: boolean }): Promise<Return[]> {
  const { from, isTold } = opts;
  return Promise.all(Array.from({ length: samples }, (_, n) => sample(loss, { offline: from + 130 * n, isTold })));
}

function rowsOf(what: string, returns: readonly Return[]): Row[] {
  return [50, 95].map((percent) => {
    const live = percentile(
      returns.map((each) => each.live),
      percent,
    );
    const bare = percentile(
      returns.map((each) => each.bare),
      percent,
    );
    return {
      what: `${what}, p${percent}`,
      value: `${live.toFixed(0)} ms`,
      baseline: `a bare ws that knocks at once: ${bare.toFixed(0)} ms`,
      ratio: live / bare,
    };
  });
}
