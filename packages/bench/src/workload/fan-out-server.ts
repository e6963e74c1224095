import { type RoomHub, systemClock } from '@atrium/rooms';
import { createMemoryRoomLog } from '@atrium/rooms/testing';
import { Person, startTestServer } from '@atrium/testkit';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { machineTime } from '../measure/machine-time.ts';
import { answerParent } from './fan-out-child.ts';

/**
 * The measured server in a process of its own: ours, or a bare `ws` that sends a buffer. Ours is the whole server on a
 * log in memory, driven past HTTP: what a commit costs on a disk is not what is asked here.
 */

export interface ServerOrder {
  readonly start?: 'ours' | 'bare';
  readonly drive?: DriveOrder;
  readonly memory?: true;
}

export interface DriveOrder {
  readonly roomId: string;
  readonly turns: number;
  /** Diffs in each turn of the event loop. */
  readonly burst: number;
  /** Null: turn after turn, as fast as it goes. */
  readonly turnsPerSecond: number | null;
  /** Bytes that a diff carries on top of what it must. */
  readonly padding: number;
}

export interface Started {
  readonly port: number;
  readonly headers: readonly Readonly<Record<string, string>>[];
  /** One to be watched, and one that nobody watches. */
  readonly roomIds: readonly string[];
}

/** Milliseconds of processor time, of the main thread and of all threads. `sentAt`: by the clock of the machine. */
export interface Driven {
  readonly main: number;
  readonly whole: number;
  readonly elapsed: number;
  readonly sentAt: readonly number[];
}

type Tell = (order: DriveOrder) => Promise<void>;

let tell: Tell = () => Promise.resolve();

answerParent(async (order: ServerOrder) => {
  if (order.start === 'bare') return await startBare();
  if (order.start === 'ours') return await startOurs();
  if (order.drive) return await drive(order.drive);
  return await memory();
});

/** Commits in the turn that they are asked for: several fall into one, as when a room catches up with another node. */
const promptClock = { ...systemClock, turn: () => Promise.resolve() };

async function startOurs(): Promise<Started> {
  const server = await startTestServer(
    { commandsPerSecond: 1_000_000 },
    { roomLog: createMemoryRoomLog(), clock: promptClock },
  );
  const ada = await Person.signUp(server.url);
  const roomIds = [await ada.createBoard(), await ada.createBoard()];
  const guests = await Promise.all(Array.from({ length: 4 }, () => Person.guest(server.url)));
  for (const guest of guests) await ada.letIn(guest, roomIds[0] ?? '', 'editor');
  tell = tellerOf(server.hub);
  return {
    port: server.port,
    headers: guests.map(({ cookie }) => ({ Origin: server.url, Cookie: cookie })),
    roomIds,
  };
}

function tellerOf(hub: RoomHub): Tell {
  const seqs = new Map<string, number>();
  const actor = () => ({ userId: 'pen', name: 'Pen', role: 'owner' as const });
  return async ({ roomId, padding }) => {
    const seq = (seqs.get(roomId) ?? 0) + 1;
    seqs.set(roomId, seq);
    const commands = [
      padding === 0
        ? { seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } }
        : { seq, name: 'edit', input: { ops: paddingOps(seq, padding) } },
    ];
    const { results } = await hub.send({ roomId, kind: 'board' }, actor, { clientId: 'pen', commands });
    if (results[0]?.ok !== true) throw new Error(`Not accepted: ${JSON.stringify(results)}`);
  };
}

/** Texts that are other ones each time; an element holds its text twice. */
function paddingOps(seq: number, padding: number): object[] {
  const text = `${seq % 10}`.padEnd(5_000, 'x');
  const count = Math.ceil(padding / (2 * text.length));
  return Array.from({ length: count }, (_, n) => ({
    op: 'put',
    element: { id: `pad-${n}`, type: 'text', x: 0, y: 0, text },
  }));
}

/** The payload of one of our diffs with 24 characters of client and person: see the bytes that the peers counted. */
const bareMessage = Buffer.alloc(260, 'x');

async function startBare(): Promise<Started> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const sockets: WebSocket[] = [];
  server.on('connection', (socket) => sockets.push(socket));
  tell = ({ roomId }) => {
    if (roomId === 'watched') for (const socket of sockets) socket.send(bareMessage, { binary: false });
    return Promise.resolve();
  };
  return { port: (server.address() as AddressInfo).port, headers: [{}], roomIds: ['watched', 'unwatched'] };
}

async function drive(order: DriveOrder): Promise<Driven> {
  const { turns, burst, turnsPerSecond } = order;
  const sentAt: number[] = [];
  const busy = process.cpuUsage();
  const main = mainThreadTime();
  const began = performance.now();
  for (let turn = 0; turn < turns; turn += 1) {
    for (let each = 0; each < burst; each += 1) {
      sentAt.push(machineTime());
      await tell(order);
    }
    const due = turnsPerSecond === null ? 0 : began + ((turn + 1) * 1_000) / turnsPerSecond;
    const wait = due - performance.now();
    await new Promise<void>((resolve) => void (wait > 1 ? setTimeout(resolve, wait) : setImmediate(resolve)));
  }
  const { user, system } = process.cpuUsage(busy);
  return {
    main: mainThreadTime() - main,
    whole: (user + system) / 1_000,
    elapsed: performance.now() - began,
    sentAt,
  };
}

/** Milliseconds that this process's main thread has used; Linux counts them in hundredths of a second. */
function mainThreadTime(): number {
  const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Bytes of the heap and of buffers that are in use after the garbage is gone. */
async function memory(): Promise<{ used: number }> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, external } = process.memoryUsage();
  return { used: heapUsed + external };
}
