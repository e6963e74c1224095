import { databaseName } from '../database-name.ts';
import type { MeasuredLoad } from '../load/measured-load.ts';
import type { Row } from '../report.ts';
import type { MeasuredDisk } from './bare-disk.ts';

/** What a closed loop came to, beside a server that keeps nothing, and which part of the machine it filled. */
export function loadRows(
  what: string,
  { load, bare, disk }: { readonly load: MeasuredLoad; readonly bare: MeasuredLoad; readonly disk: MeasuredDisk },
): readonly Row[] {
  const database = databaseName() === 'embedded' ? "the database's thread" : "PostgreSQL's processes";
  return [
    {
      what: `${what}: acknowledged commands/s`,
      value: `${Math.round(load.perSecond)} /s`,
      baseline: `bare ws, answered and told to the room, kept nowhere: ${Math.round(bare.perSecond)} /s`,
      ratio: load.perSecond / bare.perSecond,
    },
    coreRow("… CPU of the server's main thread", [load.main, load], [bare.main, bare]),
    coreRow(`… CPU of ${database}`, [load.database, load], [0, bare]),
    coreRow("… CPU of the server's other threads", [load.rest, load], [bare.rest, bare]),
    coreRow('… CPU of the load generator', [load.generator, load], [bare.generator, bare]),
    {
      what: '… syncs of the disk',
      value: `${Math.round(load.syncsPerSecond)} /s`,
      baseline: `synced appends, one after the other: ${Math.round(disk.perSecond)} /s`,
      ratio: load.syncsPerSecond / disk.perSecond,
    },
  ];
}

type Used = readonly [cores: number, load: MeasuredLoad];

/** How much of a core was in use, and what one command took of it; the ratio is to one whole core. */
function coreRow(what: string, ours: Used, bare: Used): Row {
  return { what, value: coreOf(ours), baseline: `bare ws: ${coreOf(bare)}`, ratio: ours[0] };
}

function coreOf([cores, { perSecond }]: Used): string {
  return `${Math.round(cores * 100)} % of a core, ${Math.round((cores / perSecond) * 1_000_000)} µs a command`;
}
