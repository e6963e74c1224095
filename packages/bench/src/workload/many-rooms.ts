import { type Latency, paced } from '../load/drive.ts';
import { inBareRooms, inOurRooms, type OpenRooms } from '../load/in-rooms.ts';
import { type MeasuredLoad, measureLoad } from '../load/measured-load.ts';
import type { Row } from '../report.ts';
import { besideBareDisk, measureDisk } from './bare-disk.ts';
import { loadRows } from './load-rows.ts';

const size = { rooms: 500, people: 4 };
const closed = { warmUp: 2_000, measured: 6_000 };
const open = { perSecond: 1_000, seconds: 6 };

/**
 * Many rooms that all write: what the log takes in all, and how long an acknowledgement takes when it is not the limit.
 * The server is the shipped one in a process of its own; the load generator has the rest of the machine.
 */
export async function manyRooms(): Promise<Row[]> {
  const disk = await measureDisk();
  const bare = await inBareRooms(size, measure);
  const ours = await inOurRooms(size, measure);
  const what = `${size.rooms} rooms, ${size.people} people each`;
  return [
    ...loadRows(`${what}, one command in flight each`, { load: ours.load, bare: bare.load, disk }),
    besideBareDisk(
      `${what}, ${open.perSecond} commands/s in all, ack p50`,
      ours.latency.p50,
      bare.latency.p50 + disk.p50,
    ),
    besideBareDisk(
      `${what}, ${open.perSecond} commands/s in all, ack p99`,
      ours.latency.p99,
      bare.latency.p99 + disk.p99,
    ),
  ];
}

async function measure({ sockets, ...on }: OpenRooms): Promise<{ load: MeasuredLoad; latency: Latency }> {
  // First the open loop: it finds the rooms as they are when people come, not as a flood left them.
  const latency = await paced(sockets, open);
  return { latency, load: await measureLoad(sockets, { ...on, ...closed }) };
}
