import { inBareRooms, inOurRooms, type OpenRooms } from '../load/in-rooms.ts';
import { measureLoad } from '../load/measured-load.ts';
import type { Row } from '../report.ts';
import { measureDisk } from './bare-disk.ts';
import { loadRows } from './load-rows.ts';

const people = 64;
/** A tab sends what waits in one call, so that as many in flight are fewer calls. */
const senders = 8;
const callOf = { small: 8, large: 50 };
const time = { warmUp: 1_500, measured: 4_000 };

/** What one room takes, all of whose people watch: with nobody to wait for, with 64 in flight, and in large calls. */
export async function oneRoom(): Promise<Row[]> {
  const disk = await measureDisk();
  const all = async ({ sockets, ...on }: OpenRooms) => await measureLoad(sockets, { ...on, ...time });
  const bare = await inBareRooms({ rooms: 1, people }, all);
  const load = await inOurRooms({ rooms: 1, people }, all);
  const { alone, small, large } = await inOurRooms({ rooms: 1, people: senders }, inCalls);
  const inCallsOf = (commands: number, perSecond: number): Row => ({
    what: `one room, ${senders} people, ${commands} commands a call: acknowledged commands/s`,
    value: `${Math.round(perSecond)} /s`,
    baseline: `one of them, one a call: ${Math.round(alone)} /s`,
    ratio: perSecond / alone,
  });
  return [
    ...loadRows(`one room, ${people} people, one command in flight each`, { load, bare, disk }),
    inCallsOf(callOf.small, small),
    inCallsOf(callOf.large, large),
  ];
}

async function inCalls({ sockets, ...on }: OpenRooms): Promise<{ alone: number; small: number; large: number }> {
  const alone = await measureLoad(sockets.slice(0, 1), { ...on, ...time });
  const small = await measureLoad(sockets, { ...on, ...time, commands: callOf.small });
  const large = await measureLoad(sockets, { ...on, ...time, commands: callOf.large });
  return { alone: alone.perSecond, small: small.perSecond, large: large.perSecond };
}
