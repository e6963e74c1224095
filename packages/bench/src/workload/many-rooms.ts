import { type Latency, paced } from '../load/drive.ts';
import { type MeasuredLoad, measureLoad } from '../load/measured-load.ts';
import { RoomSocket, type Seat } from '../load/room-socket.ts';
import type { Row } from '../report.ts';
import { type ArrangedRoom, arrangeRooms } from '../server/arrange-rooms.ts';
import { type ChildServer, startBuiltServer, startScript } from '../server/child-server.ts';
import { createDurableDatabase } from '../server/durable-database.ts';
import { measureDisk } from './bare-disk.ts';
import { loadRows } from './load-rows.ts';

const size = { rooms: 500, people: 4 };
const closed = { warmUp: 3_000, measured: 8_000 };
const open = { perSecond: 1_000, seconds: 8 };

interface Measured {
  readonly load: MeasuredLoad;
  readonly latency: Latency;
}

/**
 * Many rooms that all write: what the log takes in all, and how long an acknowledgement takes when it is not the limit.
 * The server is the shipped one in a process of its own; the load generator has the rest of the machine.
 */
export async function manyRooms(): Promise<Row[]> {
  const disk = await measureDisk();
  const bare = await onBareServer();
  const { load, latency } = await onServer();
  const what = `${size.rooms} rooms, ${size.people} people each`;
  return [
    ...loadRows(`${what}, one in flight each`, { load, bare: bare.load, disk }),
    latencyRow(`${what}, ${open.perSecond} commands/s in all, ack p50`, latency.p50, bare.latency.p50 + disk.p50),
    latencyRow(`${what}, ${open.perSecond} commands/s in all, ack p99`, latency.p99, bare.latency.p99 + disk.p99),
  ];
}

async function onServer(): Promise<Measured> {
  let rooms: readonly ArrangedRoom[] = [];
  await using database = await createDurableDatabase(async (empty) => void (rooms = await arrangeRooms(empty, size)));
  await using server = await startBuiltServer(database.environment);
  const url = `${server.url.replace(/^http/, 'ws')}/trpc`;
  const seats = rooms.flatMap(({ roomId, cookies }) =>
    cookies.map((cookie) => ({ url, headers: { origin: server.url, cookie }, roomId })),
  );
  return await measure(await RoomSocket.openAll(seats), { server, postmaster: database.postmaster });
}

async function onBareServer(): Promise<Measured> {
  await using server = await startScript('bare-rooms');
  const seats = Array.from({ length: size.rooms * size.people }, (_, n): Seat => {
    const roomId = `00000000-0000-4000-8000-${String(n % size.rooms).padStart(12, '0')}`;
    return { url: `${server.url.replace(/^http/, 'ws')}/${roomId}`, headers: {}, roomId };
  });
  return await measure(await RoomSocket.openAll(seats, { isBare: true }), { server, postmaster: 0 });
}

async function measure(
  sockets: readonly RoomSocket[],
  on: { readonly server: ChildServer; readonly postmaster: number },
): Promise<Measured> {
  // First the open loop: it finds the rooms as they are when people come, not as a flood left them.
  const latency = await paced(sockets, open);
  const load = await measureLoad(sockets, { ...on, ...closed });
  for (const socket of sockets) socket.close();
  return { load, latency };
}

function latencyRow(what: string, ours: number, bare: number): Row {
  return {
    what,
    value: `${ours.toFixed(2)} ms`,
    baseline: `bare ws echo and one synced append: ${bare.toFixed(2)} ms`,
    ratio: ours / bare,
  };
}
