import { createMemoryBus } from '../../src/bus/memory-bus.ts';
import type { Bus } from '../../src/bus/bus.ts';
import { createVirtualClock } from '../../src/clock/virtual-clock.ts';
import { createRoomHub } from '../../src/hub/create-room-hub.ts';
import type { HubLimits } from '../../src/hub/limits.ts';
import type { RoomHub } from '../../src/hub/room-hub.ts';
import { RoomState } from '../../src/kind/room-state.ts';
import { isNext } from '../../src/log/chain.ts';
import { slowTally, tally } from '../../src/testing/tally-kind.ts';
import { createRandom, type Random } from './random.ts';
import { SimulatedClient } from './simulated-client.ts';
import { type BrokenRule, type LogConnection, SimulatedLog } from './simulated-log.ts';

export interface Simulation {
  readonly seed: number;
  /** Empty when everything that was promised was kept. */
  readonly violations: readonly string[];
  readonly batches: number;
  readonly crashes: number;
  /** Requests that took more than one turn, and so more than one batch. */
  readonly splits: number;
  /** Of clients that had been away for a minute or more: how they were caught up. */
  readonly returns: { readonly diff: number; readonly snapshot: number };
}

export interface SimulationOptions {
  readonly broken?: ReadonlySet<BrokenRule | 'joined-watch'>;
  /** Clients are without a network for up to this long, milliseconds; 0: they lose single connections only. */
  readonly longestAbsence?: number;
}

/** Small, so that snapshots, compaction and the end of the ring happen within a few batches. */
const limits: Partial<HubLimits> = {
  snapshotBatches: 6,
  keptBatches: 4,
  keptTime: 50,
  ringBatches: 3,
  pollTime: 400,
  repairTime: 100,
  logTime: 1_000,
  idleTime: 300,
  runTimePerSecond: 1_000,
};

/** As a server has them: long enough for whoever was away for some minutes. */
const roomy: Partial<HubLimits> = { snapshotBatches: 20, keptBatches: 1_000, keptTime: 600_000, ringBatches: 1_000 };

/** A room, two hubs on one log, clients that draw until all is said; faults first, then calm. The same for a seed. */
export async function simulate(
  seed: number,
  { broken = new Set(), longestAbsence = 0 }: SimulationOptions = {},
): Promise<Simulation> {
  const violations: string[] = [];
  const violation = (what: string): void => void violations.push(what);
  const random = createRandom(seed);
  const clock = createVirtualClock();
  const log = new SimulatedLog(clock, random, new Set([...broken].filter((rule) => rule !== 'joined-watch')));
  // Some commands take long, so that a request is now and then decided in more than one turn.
  const kind = slowTally(() => clock.burn(random.below(8)));
  const bus = lossyBus(createMemoryBus(), random, () => log.isFaulty);
  let [ids, crashes] = [0, 0];

  const start = (node: string): { readonly hub: RoomHub; readonly connection: LogConnection } => {
    const connection = log.connect();
    const newId = () => `batch-${(ids += 1)}`;
    const bounds = longestAbsence > 0 && seed % 2 === 1 ? { ...limits, ...roomy } : limits;
    return {
      connection,
      hub: createRoomHub({ log: connection, bus, kinds: [kind], node, clock, newId, limits: bounds }),
    };
  };
  const nodes: [ReturnType<typeof start>, ReturnType<typeof start>] = [start('a'), start('b')];
  const world = {
    clock,
    random,
    violation,
    hub: () => random.pick(nodes).hub,
    joinsInTwoSteps: broken.has('joined-watch'),
  };
  const clients = ['x', 'y', 'z'].map((id) => new SimulatedClient(id, 8 + random.below(8), world));
  const end = new AbortController();
  const running = clients.flatMap((client) => [client.send(), client.watch(end.signal)]);

  for (let step = 0; step < 25; step += 1) {
    await clock.advance(random.below(60));
    if (random.chance(0.2)) clients[random.below(clients.length)]?.disconnect();
    if (longestAbsence > 0 && random.chance(0.15)) {
      clients[random.below(clients.length)]?.leaveFor(absence(random, longestAbsence));
    }
    // Most of it passes while nobody does anything: the others are done, or away too.
    if (longestAbsence > 0 && random.chance(0.1)) await clock.advance(random.below(longestAbsence));
    if (random.chance(0.08)) {
      const index = random.below(2) === 0 ? 0 : 1;
      nodes[index].connection.cut();
      nodes[index] = start(`${index}-${(crashes += 1)}`);
      for (const client of clients) if (random.chance(0.5)) client.disconnect();
    }
  }
  await clock.advance(longestAbsence);
  log.isFaulty = false;
  for (const client of clients) client.isCalm = true;
  for (let step = 0; step < 40 && violations.length === 0 && clients.some((client) => !client.isDone); step += 1)
    await clock.advance(1_000);
  // Whoever still listens to a crashed hub finds out.
  for (const client of clients) client.disconnect();
  await clock.advance(4_000);
  judge(log, clients, violation);
  end.abort();
  for (const client of clients) client.disconnect();
  await clock.advance(200);
  await Promise.race([Promise.all(running), clock.advance(5_000)]);
  const returns = { diff: 0, snapshot: 0 };
  for (const type of ['diff', 'snapshot'] as const) for (const client of clients) returns[type] += client.returns[type];
  return { seed, violations, batches: log.archive.length, crashes, splits: countSplits(log, clients), returns };
}

/** Log-uniform from 200 ms: short ones are as frequent as long ones. */
function absence(random: Random, longest: number): number {
  return Math.round(200 * (longest / 200) ** random.next());
}

/** Each command once, in the order of its client, without holes; everybody sees what the log says. */
function judge(log: SimulatedLog, clients: readonly SimulatedClient[], violation: (what: string) => void): void {
  const state = new RoomState(tally.collections);
  let [ver, hash] = [0, ''];
  const seqs = new Map<string, number>();
  for (const batch of log.archive) {
    if (!isNext(batch, ver, hash)) violation(`the chain breaks behind ${ver}`);
    ({ ver, hash } = batch);
    try {
      state.apply(batch.diff);
    } catch {
      violation(`the diff of ${ver} does not fit`);
    }
    for (const { clientId, result } of batch.commands) {
      const last = seqs.get(clientId) ?? 0;
      if (result.seq !== last + 1) violation(`${clientId}: command ${result.seq} follows ${last} in the log`);
      seqs.set(clientId, result.seq);
    }
  }
  const expected = JSON.stringify(sorted(state.toJson(tally.hidden)));
  for (const client of clients) {
    if (!client.isDone) violation(`${client.id} did not get all answers`);
    const wanted = Array.from({ length: client.total - 1 }, (_, index) => index + 2).filter((seq) => seq % 5 !== 0);
    const list = state.get('item', client.id)?.['list'];
    if (JSON.stringify(list) !== JSON.stringify(wanted)) violation(`${client.id}: ${JSON.stringify(list)}`);
    if (client.ver !== ver) violation(`${client.id} sees ${client.ver} of ${ver}`);
    if (JSON.stringify(sorted(client.state.toJson())) !== expected) violation(`${client.id} sees something else`);
  }
}

function countSplits(log: SimulatedLog, clients: readonly SimulatedClient[]): number {
  const verOf = (clientId: string, seq: number) =>
    log.archive.find(({ commands }) => commands.some((one) => one.clientId === clientId && one.result.seq === seq))
      ?.ver;
  return clients.reduce((count, { id, atOnce }) => {
    return count + atOnce.filter(({ first, last }) => verOf(id, first) !== verOf(id, last)).length;
  }, 0);
}

function sorted(json: ReturnType<RoomState['toJson']>): unknown {
  return Object.entries(json).map(([name, records]) => [
    name,
    Object.entries(records).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

/** Loses, doubles and delays messages while the world is faulty. */
function lossyBus(bus: Bus, random: Random, isFaulty: () => boolean): Bus {
  return {
    publish(topic, message) {
      if (isFaulty() && random.chance(0.4)) return;
      bus.publish(topic, message);
      if (isFaulty() && random.chance(0.2)) bus.publish(topic, message);
    },
    subscribe: (topic, listener) => bus.subscribe(topic, listener),
  };
}
