import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { machineTime } from '../measure/machine-time.ts';
import { answerParent } from './fan-out-child.ts';
import { FrameCounter } from './frame-counter.ts';

/**
 * A process full of peers: opens sockets, subscribes, counts what comes. They speak WebSocket by hand, because a library
 * on this side would cost more than the server that is measured.
 */

export interface PeersOrder {
  readonly open?: OpenOrder;
  /** Counts that these groups have reached. */
  readonly ask?: string;
  /** Answers when every message up to this many was counted, or when nothing came for two seconds. */
  readonly wait?: { readonly group: string; readonly messages: number };
  /** Reads no more from the first `count` peers. */
  readonly pause?: { readonly group: string; readonly count: number };
  /** Everybody reads again. */
  readonly resume?: string;
  /** Arrivals since the last time, by peer. */
  readonly times?: string;
}

export interface OpenOrder {
  readonly group: string;
  readonly port: number;
  /** One for each peer, round and round. */
  readonly headers: readonly Readonly<Record<string, string>>[];
  readonly count: number;
  /** Sent by each peer after it opened. */
  readonly hello: string | null;
  readonly keepTimes?: boolean;
}

export interface Counts {
  readonly messages: number;
  readonly bytes: number;
}

interface Peer {
  readonly socket: Socket;
  readonly counter: FrameCounter;
  times: number[];
}

const groups = new Map<string, Peer[]>();
const totals = new Map<string, { messages: number; lastAt: number }>();

answerParent(async (order: PeersOrder) => {
  if (order.open) await openAll(order.open);
  if (order.pause) for (const { socket } of peersOf(order.pause.group).slice(0, order.pause.count)) socket.pause();
  if (order.resume !== undefined) for (const { socket } of peersOf(order.resume)) socket.resume();
  if (order.wait) await reached(order.wait.group, order.wait.messages);
  if (order.times !== undefined) {
    const peers = peersOf(order.times);
    const times = peers.map((peer) => peer.times);
    for (const peer of peers) peer.times = [];
    return { times };
  }
  return countsOf(order.ask ?? order.resume ?? order.wait?.group ?? order.open?.group ?? '');
});

const peersOf = (group: string): Peer[] => groups.get(group) ?? [];

function countsOf(group: string): Counts {
  const counters = peersOf(group).map(({ counter }) => counter);
  const sum = (key: 'messages' | 'bytes') => counters.reduce((total, counter) => total + counter[key], 0);
  return { messages: sum('messages'), bytes: sum('bytes') };
}

async function reached(group: string, messages: number): Promise<void> {
  const total = totals.get(group);
  const began = performance.now();
  while (total && total.messages < messages) {
    if (performance.now() - Math.max(began, total.lastAt) > 2_000) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

async function openAll(order: OpenOrder): Promise<void> {
  const peers: Peer[] = [];
  groups.set(order.group, peers);
  totals.set(order.group, { messages: 0, lastAt: 0 });
  for (let opened = 0; opened < order.count; opened += 50) {
    const some = Array.from({ length: Math.min(50, order.count - opened) }, (_, n) => open(order, opened + n));
    peers.push(...(await Promise.all(some)));
  }
}

/** Resolves once the peer is open, and when it said hello, once the first event came. */
async function open(order: OpenOrder, index: number): Promise<Peer> {
  const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const headers = Object.entries(order.headers[index % order.headers.length] ?? {}).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.write(
    [
      'GET /trpc HTTP/1.1',
      `Host: 127.0.0.1:${order.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
      '',
      '',
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(`Refused: ${answer.toString('latin1')}`);
  const counter = new FrameCounter();
  const peer: Peer = { socket, counter, times: [] };
  const total = totals.get(order.group) ?? { messages: 0, lastAt: 0 };
  const began = new Promise<void>((resolve) => {
    // What comes back from a server of ours: that it started, then the first event.
    const wanted = order.hello === null ? 0 : 2;
    if (wanted === 0) resolve();
    socket.on('data', (chunk) => {
      const { pings } = counter;
      const fresh = counter.push(chunk);
      if (counter.pings > pings) socket.write(maskedFrame('PONG'));
      total.messages += fresh;
      total.lastAt = performance.now();
      if (order.keepTimes) for (let each = 0; each < fresh; each += 1) peer.times.push(machineTime());
      if (counter.messages >= wanted) resolve();
    });
  });
  socket.on('close', () => console.error(`A peer of ${order.group} was closed`));
  if (order.hello !== null) socket.write(maskedFrame(order.hello));
  await began;
  return peer;
}

/** A short text frame of a client, masked with zeros. */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const length =
    payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), payload]);
}
