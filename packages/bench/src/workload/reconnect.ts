import { type Loss, losses, measureReturn, Person, type Return, startTestServer } from '@atrium/testkit';
import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';

const samples = 10;
/** Longer than most losses of a phone or a laptop; one goes on for 10 s. */
const offline = 1_000;
const longOffline = 10_000;

type Sample = (loss: Loss, opts: { offline: number; isTold: boolean }) => Promise<Return>;

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
  const long = await Promise.all(losses.map((loss) => sample(loss, { offline: longOffline, isTold: false })));
  return [
    ...rowsOf(`network back to live, ${told.length} losses of mixed kinds, told by the browser`, told),
    ...rowsOf(`network back to live, ${untold.length} losses of mixed kinds, told by nobody`, untold),
    ...rowsOf(`network back to live, after ${longOffline / 1_000} s and more, told by nobody`, long),
    {
      what: `snapshots in ${told.length + untold.length + long.length} returns`,
      value: `${[...told, ...untold, ...long].reduce((sum, { snapshots }) => sum + snapshots, 0)}`,
      baseline: 'all caught up by diffs: 0',
      ratio: 1,
    },
  ];
}

async function sampleAll(sample: Sample, isTold: boolean): Promise<readonly Return[]> {
  const all: Return[] = [];
  for (const loss of losses) {
    // Beside each other: most of the time is spent waiting. At other moments for each, as networks do.
    const each = Array.from({ length: samples }, (_, n) => sample(loss, { offline: offline + 130 * n, isTold }));
    all.push(...(await Promise.all(each)));
  }
  return all;
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
