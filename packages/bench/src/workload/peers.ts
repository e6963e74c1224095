import { databaseName } from '../database-name.ts';
import { inOurRooms, type OpenRooms } from '../load/in-rooms.ts';
import { type CpuTime, watchCpu } from '../measure/cpu-time.ts';
import { peers as others } from '../peer/peers.ts';
import type { Row } from '../report.ts';
import { type ChildServer, startScript } from '../server/child-server.ts';
import { Audience } from './audience.ts';

const watchers = 200;
const turns = 6;
const messagesPerTurn = 40;
/** With its frame a message is about as long as a diff of ours. */
const message = 'x'.repeat(190);

interface Contestant {
  readonly name: string;
  readonly pid: number;
  /** Resolves when everybody has heard it. */
  readonly say: () => Promise<void>;
}

/**
 * What one delivered message costs the server, for Atrium and for others that a reader can install: all of them up at
 * the same time, in turns, one message after the other. The others keep nothing; ours has each message on disk first.
 */
export async function peers(): Promise<Row[]> {
  return await withPeers(Object.keys(others), [], async (contestants) =>
    inOurRooms({ rooms: 1, people: watchers + 1 }, async (rooms) => rowsOf(await run([...contestants, ours(rooms)]))),
  );
}

/** Starts one after the other, and stops them in the other order. */
async function withPeers<T>(
  names: readonly string[],
  started: readonly Contestant[],
  then: (contestants: readonly Contestant[]) => Promise<T>,
): Promise<T> {
  const [name, ...rest] = names;
  if (name === undefined) return await then(started);
  await using server = await startScript('peer-server', name);
  return await withPeers(rest, [...started, await withAudience(name, server)], then);
}

async function withAudience(name: string, { url, pid }: ChildServer): Promise<Contestant> {
  const peer = others[name];
  if (!peer) throw new Error(`There is no ${name}.`);
  const audience = new Audience(watchers);
  const port = Number(new URL(url).port);
  for (let count = 0; count < watchers; count += 1) await peer.join(port, audience.hear);
  const pen = await peer.join(port, () => {});
  let count = 0;
  return { name, pid, say: () => audience.hearing(() => pen.publish(`${(count += 1)} ${message}`)) };
}

function ours({ server, sockets: [pen, ...watching] }: OpenRooms): Contestant {
  const audience = new Audience(watchers);
  for (const socket of watching) socket.onEvent = audience.hear;
  return { name: 'Atrium', pid: server.pid, say: () => audience.hearing(() => pen?.draw(() => {})) };
}

/** What each of them used, of all turns but the first, which warms up. */
async function run(contestants: readonly Contestant[]): Promise<ReadonlyMap<string, CpuTime>> {
  const used = new Map<string, CpuTime>();
  for (let turn = 0; turn <= turns; turn += 1) {
    for (const { name, pid, say } of contestants) {
      const cpu = watchCpu(pid);
      for (let count = 0; count < messagesPerTurn; count += 1) await say();
      if (turn > 0) used.set(name, plus(used.get(name), cpu.since()));
    }
  }
  return used;
}

function plus(one: CpuTime = { main: 0, second: 0, rest: 0 }, other: CpuTime): CpuTime {
  return { main: one.main + other.main, second: one.second + other.second, rest: one.rest + other.rest };
}

function rowsOf(used: ReadonlyMap<string, CpuTime>): Row[] {
  const bare = microsecondsOf(used.get('bare ws'));
  const row = (what: string, microseconds: number): Row => ({
    what: `CPU of the server for one delivered message, ${watchers} watchers: ${what}`,
    value: `${microseconds.toFixed(1)} µs`,
    baseline: `bare ws: ${bare.toFixed(1)} µs`,
    ratio: microseconds / bare,
  });
  const atrium = used.get('Atrium');
  const rows = Object.keys(others).map((name) => row(name, microsecondsOf(used.get(name))));
  if (databaseName() === 'postgresql') return [...rows, row('Atrium', microsecondsOf(atrium))];
  const withoutDatabase = atrium && { ...atrium, second: 0 };
  return [
    ...rows,
    row('Atrium', microsecondsOf(withoutDatabase)),
    row('Atrium with the thread of its database', microsecondsOf(atrium)),
  ];
}

function microsecondsOf({ main, second, rest }: CpuTime = { main: 0, second: 0, rest: 0 }): number {
  return ((main + second + rest) / (turns * messagesPerTurn * watchers)) * 1_000_000;
}
