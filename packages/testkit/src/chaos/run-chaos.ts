import { createRandom, type Random } from '@atrium/kinds/testing';
import type { RoomBatch } from '@atrium/rooms';
import type { Person } from '../person.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';
import { ChaosClient } from './chaos-client.ts';
import { faults } from './fault.ts';
import { judgeHistory, judgeReplicas } from './judge-room.ts';
import type { Script } from './script.ts';

export interface ChaosOptions {
  /** The same seed makes the same plan; when what happens meets what, the machine decides. */
  readonly seed: number;
  readonly script: Script;
  readonly server: { readonly port: number; readLog(roomId: string): Promise<readonly RoomBatch[]> };
  /** Signed up at the server: one client each. The first one opens the room and lets the others in. */
  readonly people: readonly [Person, ...Person[]];
  /** How often each client's network breaks. */
  readonly faults?: number;
  /** The longest time without a network, milliseconds; the shortest is 200, and short ones are as frequent as long ones. */
  readonly longestOffline?: number;
}

export interface ChaosOutcome {
  readonly seed: number;
  /** Empty when every command was done exactly once and everybody shows what the server has. */
  readonly flaws: readonly string[];
  /** What was done to whom, in order. */
  readonly story: readonly string[];
  readonly typed: number;
  readonly reloads: number;
  /** How long networks were away, all together, milliseconds. */
  readonly offline: number;
}

/** Clients that follow a script in one room, each behind a network of its own that breaks, pages that reload. */
export async function runChaos(opts: ChaosOptions): Promise<ChaosOutcome> {
  const { seed, script, server, people } = opts;
  const [owner] = people;
  const { id: roomId } = await owner.mutate<{ id: string }>('rooms.create', { kind: script.kind.name, title: 'Chaos' });
  for (const guest of people) if (guest !== owner) await owner.letIn(guest, roomId, 'editor');
  const story: string[] = [];
  const lives = await Promise.all(people.map((person, index) => openLife({ ...opts, roomId, person, index, story })));
  const clients = lives.map(({ client }) => client);
  try {
    await Promise.all(lives.map(live));
    const room = { roomId, script, clients, witness: owner };
    const { flaws, state } = await judgeReplicas(room);
    const history = judgeHistory(room, { batches: await server.readLog(roomId), state });
    const sum = (of: (client: ChaosClient) => number) => clients.reduce((all, client) => all + of(client), 0);
    const [typed, reloads] = [sum((client) => client.typed), sum((client) => client.reloads)];
    const offline = lives.reduce((all, life) => all + life.offline, 0);
    return { seed, flaws: [...flaws, ...history], story, typed, reloads, offline };
  } finally {
    for (const { client, proxy } of lives) {
      await client[Symbol.asyncDispose]();
      await proxy[Symbol.asyncDispose]();
    }
  }
}

interface Life {
  readonly client: ChaosClient;
  readonly proxy: TcpProxy;
  readonly random: Random;
  readonly opts: ChaosOptions;
  readonly tell: (what: string) => void;
  /** So far, milliseconds. */
  offline: number;
}

type Beginning = ChaosOptions & { roomId: string; person: Person; index: number; story: string[] };

async function openLife({ roomId, person, index, story, ...opts }: Beginning): Promise<Life> {
  const { script, server, seed } = opts;
  const proxy = await startTcpProxy(server.port);
  const client = new ChaosClient({ name: `c${index}`, person, roomId, url: proxy.url, script });
  const tell = (what: string) => void story.push(`${client.name} ${what}`);
  return { client, proxy, tell, opts, random: createRandom(seed * 100 + index), offline: 0 };
}

async function live(life: Life): Promise<void> {
  const { client, random, opts } = life;
  for (let left = opts.faults ?? 4; left > 0; left -= 1) {
    client.type(1 + random.int(5));
    await pause(random.int(150));
    await breakDown(life);
    client.type(random.int(3));
    if (random.once(4)) await reload(life, 'with a network');
  }
}

async function breakDown(life: Life): Promise<void> {
  const { client, proxy, random, tell, opts } = life;
  const fault = random.pick(faults);
  const offline = offlineTime(random, opts.longestOffline ?? 1_500);
  tell(`${fault.name} for ${offline} ms`);
  life.offline += offline;
  fault.begin(proxy);
  client.type(random.int(4));
  await pause(offline / 2);
  if (random.once(3)) await reload(life, 'without a network');
  client.type(random.int(4));
  await pause(offline / 2);
  proxy.heal();
  // A browser tells it, mostly.
  if (!random.once(3)) client.tellOnline();
}

async function reload({ client, tell }: Life, when: string): Promise<void> {
  const isDone = await client.reload();
  tell(isDone ? `reloads ${when}` : `cannot reload ${when}: something is not kept`);
}

/** Log-uniform from 200 ms to the longest. */
function offlineTime(random: Random, longest: number): number {
  return Math.round(200 * (longest / 200) ** (random.int(1_001) / 1_000));
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
