import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A bad network between a client and a server. All times in milliseconds. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Ends every connection with FIN, as a restarting server does. */
  cut(): void;
  /** Ends every connection with RST. */
  reset(): void;
  /** Swallows everything from now on, without a word to either side. */
  blackHole(): void;
  /** Holds every byte back for this long, in both directions. */
  delay(ms: number): void;
  /** Refuses new connections. */
  refuse(): void;
  /** Back to a good network, for new connections and for those that were only delayed. */
  heal(): void;
}

/** Listens on a free loopback port and passes everything on to `targetPort`. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isSwallowing = false;
  let isRefusing = false;
  let heldBack = 0;

  const server = createServer((near) => {
    if (isRefusing) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    pipe(near, far);
    pipe(far, near);
    for (const end of pair) {
      end.on('error', () => end.destroy());
      end.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function pipe(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (isSwallowing) return;
      if (heldBack === 0) to.write(chunk);
      else setTimeout(() => to.writable && to.write(chunk), heldBack);
    });
  }
  const each = (act: (socket: Socket) => void) => {
    for (const [near, far] of [...pairs]) [near, far].forEach(act);
  };

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    cut: () => each((socket) => socket.end()),
    reset: () => each((socket) => socket.resetAndDestroy()),
    blackHole: () => void (isSwallowing = true),
    delay: (ms) => void (heldBack = ms),
    refuse: () => void (isRefusing = true),
    heal() {
      isSwallowing = false;
      isRefusing = false;
      heldBack = 0;
    },
    async [Symbol.asyncDispose]() {
      each((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
