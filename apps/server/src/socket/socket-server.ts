import { appRouter, laneEncoder, type Services, SocketConnection, type SocketContext } from '@atrium/api';
import { type Device, type Identity, networkOf, startTimer, touchInterval } from '@atrium/auth';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientAddress } from '../http/client-address.ts';
import { refusalBody } from '../http/refuse.ts';
import { closeCodes } from './close-codes.ts';
import { closeSocket } from './close-socket.ts';
import { endUpgrade } from './end-upgrade.ts';
import { guardMessages } from './message-gate.ts';
import { SocketCount, type SocketLimits } from './socket-count.ts';
import { SocketWire } from './socket-wire.ts';
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

/** Sockets on /trpc: everything is decided before 101, so that nothing throws behind it. */
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
      if (!('identity' in admitted)) {
        refuseUpgrade(socket, admitted);
        return;
      }
      socket.off('error', onError);
      wss.handleUpgrade(req, socket, head, (ws) => {
        void open(ws, req, admitted).catch((error: unknown) => {
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

  async function admit(req: IncomingMessage, socket: Duplex): Promise<Admitted | UpgradeRefusal> {
    const checked = checkUpgrade(req, parts);
    if (!('token' in checked)) return checked;
    const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, parts.trustedProxies) };
    const presented = await parts.services.sessions.present(checked.token, { device });
    if (!presented) return signedOut;
    const { identity } = presented;
    if (isClosing) return closing;
    // A place that is taken for a peer that left meanwhile would never be given back: its `close` is over.
    if (socket.destroyed) return hungUp;
    const { perSession, perUser, perAddress } = parts.limits;
    const release = count.take([
      { key: `session ${identity.session.publicId}`, most: perSession },
      { key: `user ${identity.user.id}`, most: perUser },
      { key: `network ${networkOf(device.address)}`, most: perAddress },
    ]);
    if (!release) return { status: 429, reason: 'TOO_MANY', message: 'Too many open connections. Close some tabs.' };
    socket.once('close', release);
    return { identity, device };
  }

  async function open(ws: WebSocket, req: IncomingMessage, { identity, device }: Admitted): Promise<void> {
    const connection = new SocketConnection(identity, {
      bufferedBytes: () => ws.bufferedAmount,
      close: (reason) => closeSocket(ws, req.socket, reason),
      wire: new SocketWire(ws, req.socket),
      touch: toucher(() => parts.services.sessions.touch(identity)),
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
    ws.resume();
  }

  /** At most one write per interval, however many calls come. */
  function toucher(touch: () => Promise<void>): () => void {
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
}

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
