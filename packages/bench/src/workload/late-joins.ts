import { joinUnderLoad, type LateJoins, Person, startTestServer } from '@atrium/testkit';
import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';

const rooms = 20;
const joins = 2_000;
const atOnce = 40;
const loads = [200, 1_000, 2_000];

/**
 * How long somebody who joins waits for the snapshot while others draw, and whether a diff is missing or comes twice
 * behind it. Beside it the same joins into rooms in which nobody draws.
 */
export async function lateJoins(): Promise<Row[]> {
  // What runs first runs cold.
  await run(0, joins / 20);
  const quiet = await run(0, joins / 4);
  const rows: Row[] = [];
  for (const perSecond of loads) rows.push(...rowsOf(perSecond, await run(perSecond, joins), quiet));
  return rows;
}

async function run(perSecond: number, count: number): Promise<LateJoins> {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  const owner = await Person.signUp(server.url);
  return await joinUnderLoad({ owner, server, rooms, perSecond, joins: count, atOnce });
}

function rowsOf(perSecond: number, joined: LateJoins, quiet: LateJoins): Row[] {
  const what = `${joined.toSnapshot.length} joins into ${rooms} rooms, ${atOnce} at once, ${perSecond} commands/s`;
  const times = [50, 99].map((percent): Row => {
    const [loaded, alone] = [percentile(joined.toSnapshot, percent), percentile(quiet.toSnapshot, percent)];
    return {
      what: `${what}: to the snapshot, p${percent}`,
      value: `${loaded.toFixed(1)} ms`,
      baseline: `nobody draws: ${alone.toFixed(1)} ms`,
      ratio: loaded / alone,
    };
  });
  const flaws = joined.gaps + joined.duplicates + joined.wrong;
  return [
    ...times,
    {
      what: `${what}: ${joined.gaps} gaps, ${joined.duplicates} duplicates, ${joined.wrong} wrong states`,
      value: `${flaws} of ${joined.diffs} diffs`,
      baseline: `commands/s acknowledged: ${Math.round(joined.perSecond)}`,
      ratio: joined.perSecond / perSecond,
    },
  ];
}
