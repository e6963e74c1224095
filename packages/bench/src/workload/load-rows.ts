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
    coreRow("… CPU of the server's main thread", load.main, bare.main),
    coreRow(`… CPU of ${database}`, load.database),
    coreRow("… CPU of the server's other threads", load.rest, bare.rest),
    coreRow('… CPU of the load generator', load.generator, bare.generator),
    {
      what: '… syncs of the disk',
      value: `${Math.round(load.syncsPerSecond)} /s`,
      baseline: `synced appends, one after the other: ${Math.round(disk.perSecond)} /s`,
      ratio: load.syncsPerSecond / disk.perSecond,
    },
  ];
}

/** The ratio is to one core. */
function coreRow(what: string, used: number, bare = 0): Row {
  const percent = (cores: number) => `${Math.round(cores * 100)} %`;
  return { what, value: `${percent(used)} of a core`, baseline: `bare ws: ${percent(bare)}`, ratio: used };
}
