import { once } from 'node:events';
import { WebSocket } from 'ws';
import { pause } from '../load/drive.ts';
import { machineTime } from '../measure/machine-time.ts';
import { answerParent } from './fan-out-child.ts';

/** The sockets of a session that will be revoked, in a process of their own: what they cost would delay the server. */

export interface PeersOrder {
  readonly open?: OpenOrder;
  /** Answers when every socket was told of something that somebody drew. */
  readonly told?: true;
  /** Answers with `Gone` when every socket is closed. */
  readonly gone?: true;
}

export interface OpenOrder {
  /** `ws://…` */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly roomId: string;
  readonly count: number;
}

/** The last moments of all sockets together, by the clock of the machine. */
export interface Gone {
  /** The last that anybody was told of the room. */
  readonly lastDiff: number;
  /** The last frame at all: the word that the session is over, when all goes well. */
  readonly lastFrame: number;
  readonly lastClose: number;
  /** Sockets that were told of the room behind the word that it is over: none, when all goes well. */
  readonly toldBehind: number;
}

interface Peer {
  lastDiff: number;
  lastFrame: number;
  lastWord: number;
  readonly closed: Promise<number>;
}

const atOnce = 50;
const patience = 20_000;
let peers: Peer[] = [];

answerParent(async ({ open, told }: PeersOrder) => {
  while (told && peers.some(({ lastDiff }) => lastDiff === 0)) await pause(1);
  if (told) return {};
  if (!open) return await gone();
  peers = [];
  while (peers.length < open.count) {
    const some = Math.min(atOnce, open.count - peers.length);
    peers.push(...(await Promise.all(Array.from({ length: some }, () => openPeer(open)))));
  }
  return {};
});

async function gone(): Promise<Gone> {
  const limit = setTimeout(() => {
    throw new Error('A socket of a revoked session is still open.');
  }, patience);
  const closed = await Promise.all(peers.map((peer) => peer.closed));
  clearTimeout(limit);
  return {
    lastDiff: Math.max(...peers.map(({ lastDiff }) => lastDiff)),
    lastFrame: Math.max(...peers.map(({ lastFrame }) => lastFrame)),
    lastClose: Math.max(...closed),
    toldBehind: peers.filter(({ lastDiff, lastWord }) => lastDiff > lastWord).length,
  };
}

/** Resolves when the snapshot is there. Nothing is parsed: this side must keep up. */
async function openPeer({ url, headers, roomId }: OpenOrder): Promise<Peer> {
  const ws = new WebSocket(url, { headers, perMessageDeflate: false, skipUTF8Validation: true });
  const closed = once(ws, 'close').then(machineTime);
  const peer: Peer = { lastDiff: 0, lastFrame: 0, lastWord: Infinity, closed };
  await once(ws, 'open');
  const snapshot = new Promise<void>((resolve) => {
    ws.on('message', (data: Buffer) => {
      peer.lastFrame = machineTime();
      if (data.includes('"type":"diff"')) peer.lastDiff = peer.lastFrame;
      else if (data.includes('"type":"end"')) peer.lastWord = peer.lastFrame;
      else if (data.includes('"type":"snapshot"')) resolve();
      else if (data.toString() === 'PING') ws.send('PONG');
    });
  });
  ws.send(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'rooms.watch', input: { roomId } } }));
  await snapshot;
  return peer;
}
