import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type Direction, TcpLine, type Weather } from './tcp-line.ts';

/** A bad network between a client and a server. All times in milliseconds. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Ends every connection with FIN, as a restarting server does. */
  cut(): void;
  /** Ends every connection with RST. */
  reset(): void;
  /**
   * Swallows everything from now on, in both directions or in one (a half-open line), without a word to either side.
   * A connection that lost something stays dead after `heal`, as behind a router that has forgotten it.
   */
  blackHole(direction?: Direction): void;
  /** Holds everything back for this long, in both directions; `Infinity`: until `heal`. The order is kept, always. */
  delay(ms: number): void;
  /** Lets so much through in each direction of each connection. */
  throttle(bytesPerSecond: number): void;
  /** Refuses new connections with RST, or answers the first bytes of each with these and ends it. */
  refuse(answer?: string): void;
  /** Back to a good network, for new connections and for those that lost nothing: what was held back arrives now. */
  heal(): void;
}

interface Pair {
  readonly ends: readonly [near: Socket, far: Socket];
  readonly lines: readonly [up: TcpLine, down: TcpLine];
}

/** Listens on a free loopback port and passes everything on to `targetPort`. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  /** Of clients that nobody is behind: refused, or begun in a black hole. */
  const alone = new Set<Socket>();
  const weather: Weather = { swallowing: new Set(), delay: 0, bytesPerSecond: Infinity };
  let refusal: string | null = null;

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    near.on('error', () => near.destroy());
    // Nobody at the other end hears of a connection that is begun in a black hole.
    const isLost = weather.swallowing.size === 2;
    if (isLost || refusal !== null) keepAlone(near);
    if (isLost) return near.resume();
    if (refusal !== null) return refuseWith(near, refusal);
    passOn(near, connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function passOn(near: Socket, far: Socket): void {
    far.on('error', () => far.destroy());
    const lines = [
      new TcpLine({ from: near, to: far, direction: 'up', weather }),
      new TcpLine({ from: far, to: near, direction: 'down', weather }),
    ] as const;
    const pair: Pair = { ends: [near, far], lines };
    pairs.add(pair);
    const forgetWhenOver = () => near.destroyed && far.destroyed && pairs.delete(pair);
    near.on('close', forgetWhenOver);
    far.on('close', forgetWhenOver);
  }

  function keepAlone(near: Socket): void {
    alone.add(near);
    near.on('close', () => alone.delete(near));
  }

  function each(act: (socket: Socket) => void): void {
    for (const { ends, lines } of [...pairs]) {
      for (const line of lines) line.lose();
      ends.forEach(act);
    }
    for (const near of [...alone]) act(near);
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    cut: () => each((socket) => socket.end(() => socket.destroy())),
    reset: () => each((socket) => socket.resetAndDestroy()),
    blackHole(direction) {
      for (const one of direction === undefined ? (['up', 'down'] as const) : [direction]) weather.swallowing.add(one);
    },
    delay: (ms) => void (weather.delay = ms),
    throttle: (bytesPerSecond) => void (weather.bytesPerSecond = bytesPerSecond),
    refuse: (answer = '') => void (refusal = answer),
    heal() {
      weather.swallowing.clear();
      weather.delay = 0;
      weather.bytesPerSecond = Infinity;
      refusal = null;
      for (const { lines } of pairs) for (const line of lines) line.release();
    },
    async [Symbol.asyncDispose]() {
      each((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}

function refuseWith(near: Socket, answer: string): void {
  if (answer === '') return void near.resetAndDestroy();
  near.once('data', () => near.end(answer, () => near.destroy()));
  near.on('end', () => near.end());
}
