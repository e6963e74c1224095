import type { RoomEvent } from '@atrium/rooms';
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A frame of tRPC's protocol as it came. */
export interface Frame {
  readonly id: number | null;
  readonly result?: { readonly type: 'data' | 'started' | 'stopped'; readonly id?: string; readonly data?: unknown };
  readonly error?: { readonly message: string; readonly data: { readonly reason: string; readonly code: string } };
}

/** How a tracked event travels: its cursor and itself. */
export interface Tracked {
  readonly id: string;
  readonly data: RoomEvent;
}

/** The room event in a frame, or null when it holds none. */
export function trackedOf({ result }: Frame): Tracked | null {
  const data = result?.data as Partial<Tracked> | undefined;
  return result?.id !== undefined && typeof data?.data?.type === 'string' ? (data as Tracked) : null;
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** The upgrade was answered with something else than 101. */
export class UpgradeRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The socket was refused with ${status}`);
    this.name = 'UpgradeRefused';
    this.status = status;
  }
}

/** A WebSocket that writes frames by hand and keeps every frame that came, with the time it came at. */
export class RawSocket implements AsyncDisposable {
  readonly ws: WebSocket;
  readonly frames: Frame[] = [];
  /** `performance.now()` of each frame. */
  readonly times: number[] = [];
  readonly closed: Promise<Closed>;
  #nextId = 1;
  #wake: (() => void)[] = [];

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text === 'PING') ws.send('PONG');
      if (text === 'PING' || text === 'PONG') return;
      this.frames.push(JSON.parse(text) as Frame);
      this.times.push(performance.now());
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.closed = new Promise((resolve) => {
      ws.on('close', (code, reason) => {
        for (const wake of this.#wake.splice(0)) wake();
        resolve({ code, reason: reason.toString() });
      });
    });
    ws.on('error', () => {});
  }

  static async open(url: string, headers: Record<string, string>, path = '/trpc'): Promise<RawSocket> {
    const ws = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, { headers });
    const refused = new Promise<never>((_resolve, reject) => {
      ws.on('unexpected-response', (request, response) => {
        request.destroy();
        reject(new UpgradeRefused(response.statusCode ?? 0));
      });
      ws.on('error', reject);
    });
    const socket = new RawSocket(ws);
    await Promise.race([once(ws, 'open'), refused]);
    return socket;
  }

  /** Sends a call and answers its id. */
  send(method: 'query' | 'mutation' | 'subscription', path: string, input: unknown): number {
    return this.#post({ method, params: { path, input } });
  }

  /** Subscribes to what follows the event with this id. */
  resume(path: string, input: unknown, lastEventId: string): number {
    return this.#post({ method: 'subscription', params: { path, input, lastEventId } });
  }

  /** Sends a call and waits for its answer. */
  async call(method: 'query' | 'mutation', path: string, input: unknown): Promise<Frame> {
    const id = this.send(method, path, input);
    return this.frame((frame) => frame.id === id);
  }

  stop(id: number): void {
    this.ws.send(JSON.stringify({ id, method: 'subscription.stop' }));
  }

  /** The first frame, past or future, that fits; rejects when the socket closes or `patience` (ms) is over. */
  async frame(fits: (frame: Frame) => boolean, patience = 5_000): Promise<Frame> {
    const deadline = performance.now() + patience;
    for (let next = 0; ;) {
      for (; next < this.frames.length; next++) {
        const frame = this.frames[next];
        if (frame && fits(frame)) return frame;
      }
      if (this.ws.readyState >= WebSocket.CLOSING) throw new Error('The socket closed before the frame came');
      await this.#more(deadline);
    }
  }

  /** The first event of a `rooms.watch` with this type. */
  async event(type: RoomEvent['type'], patience?: number): Promise<RoomEvent> {
    const frame = await this.frame((each) => trackedOf(each)?.data.type === type, patience);
    return (trackedOf(frame) as Tracked).data;
  }

  /** The events of one subscription so far, each with its cursor. */
  eventsOf(id: number): readonly Tracked[] {
    return this.frames.flatMap((frame) => (frame.id === id ? (trackedOf(frame) ?? []) : []));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ws.close();
    await this.closed;
  }

  #post(call: object): number {
    const id = this.#nextId++;
    this.ws.send(JSON.stringify({ id, ...call }));
    return id;
  }

  async #more(deadline: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('No such frame came in time')), deadline - performance.now());
    });
    await Promise.race([new Promise<void>((resolve) => this.#wake.push(resolve)), late]).finally(() =>
      clearTimeout(timer),
    );
  }
}
