import { appRouter, laneEncoder, type Services, SocketConnection, type SocketContext } from '@atrium/api';
import { type Device, type Identity, networkOf, startTimer, touchInterval } from '@atrium/auth';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress } from '../http/client-address.ts';
import { noteRefused } from '../http/note-refused.ts';
import { refusalBody } from '../http/refuse.ts';
import { closeCodes } from './close-codes.ts';
import { closeSocket } from './close-socket.ts';
import { endUpgrade } from './end-upgrade.ts';
import { guardMessages } from './message-gate.ts';
import { SocketCount, type SocketLimits } from './socket-count.ts';
import { SocketWire } from './socket-wire.ts';
import { readToken } from './token-handshake.ts';
import { checkUpgrade, closing, hungUp, signedOut, type UpgradeRefusal } from './upgrade-gate.ts';

export interface SocketServerParts {
  readonly services: Services;
  readonly origins: ReadonlySet<string>;
  readonly isSecure: boolean;
  readonly trustedProxies: number;
  readonly limits: SocketLimits;
  readonly log: Logger;
}

export interface SocketServer {
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** From now on nobody gets a socket any more. */
  drain(): void;
  /** Closes every socket with "going away" and resolves when they are gone. */
  close(): Promise<void>;
}

const largestFrame = 256 * 1024;

/** How long a program may take to say its token, in milliseconds. */
const tokenPatience = 5_000;

/**
 * Sockets on /trpc: everything is decided before 101, so that nothing throws behind it. A program alone says who it is
 * afterwards; until that was looked at, its socket has no context, and nothing that it sends is read.
 */
export function createSocketServer(parts: SocketServerParts): SocketServer {
  // Compression stays off: frames are written by more than one hand and must not overtake each other in it.
  const wss = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  const contexts = new WeakMap<IncomingMessage, SocketContext>();
  const count = new SocketCount();
  let isClosing = false;

  applyWSSHandler({
    wss,
    router: appRouter,
    experimental_encoder: laneEncoder,
    maxBatchSize: 10,
    keepAlive: { enabled: true, pingMs: 25_000, pongWaitMs: 10_000 },
    createContext: ({ req }) => {
      const context = contexts.get(req);
      if (!context) throw new Error('A socket without a context');
      return context;
    },
    onError: ({ error, path }) => {
      // Without a path it is the socket's: a frame that is too large, a peer that is gone.
      if (error.code === 'INTERNAL_SERVER_ERROR' && path !== undefined)
        parts.log.error({ err: error.cause ?? error, procedure: path }, 'call failed');
    },
  });

  return {
    async upgrade(req, socket, head) {
      // Without a listener, a peer that resets during the checks below would end the process.
      const onError = () => socket.destroy();
      socket.on('error', onError);
      const admitted = isClosing ? closing : await admit(req, socket);
      if ('status' in admitted) {
        if (admitted.status < 500) noteRefused(req, parts, { procedure: 'upgrade', reason: admitted.reason });
        refuseUpgrade(socket, admitted);
        return;
      }
      socket.off('error', onError);
      wss.handleUpgrade(req, socket, head, (ws) => {
        const opening = 'identity' in admitted ? open(ws, req, admitted) : openForProgram(ws, req, admitted);
        opening.catch((error: unknown) => {
          parts.log.error({ err: error }, 'socket failed to open');
          ws.terminate();
        });
      });
    },

    drain: () => {
      isClosing = true;
    },

    async close() {
      const gone = [...wss.clients].map((ws) => new Promise<void>((resolve) => ws.once('close', () => resolve())));
      for (const ws of wss.clients) ws.close(closeCodes.goingAway, 'draining');
      const stop = startTimer(2_000, () => wss.clients.forEach((ws) => ws.terminate()));
      await Promise.all(gone);
      stop();
      wss.close();
    },
  };

  async function admit(req: IncomingMessage, socket: Duplex): Promise<Admitted | UnknownProgram | UpgradeRefusal> {
    const checked = checkUpgrade(req, parts);
    if (checked === 'program') return admitProgram(req, socket);
    if (!('token' in checked)) return checked;
    const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, parts.trustedProxies) };
    const presented = await parts.services.sessions.present(checked.token, { device });
    if (!presented) return signedOut;
    const { identity } = presented;
    if (isClosing) return closing;
    // A place that is taken for a peer that left meanwhile would never be given back: its `close` is over.
    if (socket.destroyed) return hungUp;
    const release = count.take([...placesOf(identity), placeOfAddress(req)]);
    if (!release) return tooMany;
    socket.once('close', release);
    return { identity, device, touch: () => parts.services.sessions.touch(identity) };
  }

  /** Not a look at the database for somebody who has not said who they are. */
  function admitProgram(req: IncomingMessage, socket: Duplex): UnknownProgram | UpgradeRefusal {
    const place = placeOfAddress(req);
    const release = count.take([place]);
    if (!release) return tooMany;
    socket.once('close', release);
    const settle = count.take([{ key: `unknown ${place.key}`, most: parts.limits.unknownPerAddress }]);
    if (!settle) return tooMany;
    socket.once('close', settle);
    return { settle };
  }

  function placesOf({ user, session }: Identity) {
    return [
      { key: `session ${session.publicId}`, most: parts.limits.perSession },
      { key: `user ${user.id}`, most: parts.limits.perUser },
    ];
  }

  function placeOfAddress(req: IncomingMessage) {
    const network = networkOf(clientAddress(req, parts.trustedProxies));
    return { key: `network ${network}`, most: parts.limits.perAddress };
  }

  /** 101 is said; the first message must be a good token, or the socket closes with 4401. */
  async function openForProgram(ws: WebSocket, req: IncomingMessage, { settle }: UnknownProgram): Promise<void> {
    ws.on('error', () => ws.terminate());
    const handshake = await readToken(ws, tokenPatience);
    const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, parts.trustedProxies) };
    const { apiTokens } = parts.services;
    const identity = handshake ? await apiTokens.resume(handshake.token, device) : 'invalid';
    settle();
    if (ws.readyState !== ws.OPEN) return;
    if (typeof identity === 'string' || !handshake) {
      ws.removeAllListeners('message');
      closeSocket(ws, req.socket, identity === 'expired' ? 'expired' : 'signed-out');
      return;
    }
    const release = count.take(placesOf(identity));
    if (!release) {
      ws.close(closeCodes.tryLater, 'too many');
      return;
    }
    ws.once('close', release);
    // The adapter must not wait for the parameters that were read here.
    req.url = '/trpc';
    const touch = () => apiTokens.touch(identity, device);
    await open(ws, req, { identity, device, touch, heard: handshake.replay });
  }

  async function open(
    ws: WebSocket,
    req: IncomingMessage,
    { identity, device, touch, heard }: Admitted,
  ): Promise<void> {
    const connection = new SocketConnection(identity, {
      bufferedBytes: () => ws.bufferedAmount,
      close: (reason) => closeSocket(ws, req.socket, reason),
      wire: new SocketWire(ws, req.socket),
      touch: toucher(touch),
    });
    contexts.set(req, { transport: 'socket', services: parts.services, device, connection });
    ws.once('close', () => connection.leave());
    ws.on('error', () => ws.terminate());
    guardMessages(ws, connection);
    // Frames that arrive during the check wait in the socket; the adapter must hear the first of them.
    ws.pause();
    const handle = await parts.services.live.register(connection);
    ws.once('close', () => handle.release());
    if (handle.ended || ws.readyState !== ws.OPEN) return handle.release();
    wss.emit('connection', ws, req);
    heard?.();
    ws.resume();
  }

  /** At most one write per interval, however many calls come. */
  function toucher(touch: () => Promise<unknown>): () => void {
    let last = Date.now();
    return () => {
      if (Date.now() - last < touchInterval(parts.services.lifetimes)) return;
      last = Date.now();
      touch().catch((error: unknown) => parts.log.warn({ err: error }, 'session not touched'));
    };
  }
}

interface Admitted {
  readonly identity: Identity;
  readonly device: Device;
  /** Writes down that the session, or the token, is in use. */
  readonly touch: () => Promise<unknown>;
  /** Tells the adapter what was heard before it listened. */
  readonly heard?: () => void;
}

interface UnknownProgram {
  /** Gives back the place among those that are not known yet. */
  readonly settle: () => void;
}

const tooMany: UpgradeRefusal = {
  status: 429,
  reason: 'TOO_MANY',
  message: 'Too many open connections. Close some tabs.',
};

function refuseUpgrade(socket: Duplex, refusal: UpgradeRefusal): void {
  const body = refusalBody(refusal);
  const names = {
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    429: 'Too Many Requests',
    503: 'Service Unavailable',
  } as const;
  endUpgrade(
    socket,
    `HTTP/1.1 ${refusal.status} ${names[refusal.status]}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
