/** A tRPC server with the names of the real one and real sockets, whose every answer a test can hold back or break. */
import type { CommandResult, RoomEvent, SentCommand } from '@atrium/rooms';
import { initTRPC, tracked, TRPCError } from '@trpc/server';
import { createHTTPHandler } from '@trpc/server/adapters/standalone';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** Thrown by a test's `onSend`: reaches the client as an error with this reason. */
export class Refuse extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(`Refused: ${reason}`);
    this.reason = reason;
  }
}

export interface SentRequest {
  readonly clientId: string;
  readonly commands: readonly SentCommand[];
}

export class FakeServer implements AsyncDisposable {
  /** `lastEventId` of every watch that was opened, in order. */
  readonly watched: (string | undefined)[] = [];
  readonly requests: SentRequest[] = [];
  readonly metas: unknown[] = [];
  hasSession = true;
  user = { id: 'ada', name: 'Ada' };
  refuseUpgrades = false;
  upgrades = 0;
  ver = 1;
  /** What a new watch starts with. */
  opening: (lastEventId: string | undefined) => readonly RoomEvent[] = () => [this.snapshot({})];
  /** How often presence was subscribed to. */
  presences = 0;
  /** Called by each subscription to presence before its first event; may throw `Refuse`. */
  onPresence: () => void = () => {};
  /** Called by each `account.update` before it is done; may throw `Refuse`. */
  onUpdate: (name: string) => void = () => {};
  onSend: (request: SentRequest) => Promise<readonly CommandResult[]> | readonly CommandResult[] = accept;
  private readonly streams = new Set<(event: RoomEvent) => void>();
  private readonly presenceEnds: (() => void)[] = [];
  private readonly http = createServer();
  private readonly sockets = new WebSocketServer({ noServer: true });

  static async start(): Promise<FakeServer> {
    const server = new FakeServer();
    server.serve();
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    const address = this.http.address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }

  snapshot(elements: { [id: string]: { [key: string]: string } }): RoomEvent {
    return {
      type: 'snapshot',
      epoch: 1,
      ver: this.ver,
      schema: 1,
      role: 'editor',
      state: { element: elements },
      clientSeq: {},
    };
  }

  diff(prev: number, ver: number, id: string): RoomEvent {
    return { type: 'diff', prev, ver, at: 0, by: [], acks: [], diff: { element: { [id]: ['put', { id }] } } };
  }

  /** Sends an event to every open watch. */
  emit(event: RoomEvent): void {
    for (const push of this.streams) push(event);
  }

  get streamCount(): number {
    return this.streams.size;
  }

  /** Cuts every socket as a lost network does, or closes it with a code. */
  cut(code?: number, reason = ''): void {
    for (const socket of this.sockets.clients) {
      if (code === undefined) socket.terminate();
      else socket.close(code, reason);
    }
  }

  get socketCount(): number {
    return [...this.sockets.clients].filter((socket: WebSocket) => socket.readyState === socket.OPEN).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    this.sockets.close();
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private serve(): void {
    const router = this.createRouter();
    const handle = createHTTPHandler({ router });
    this.http.on('request', (request, response) => handle(request, response));
    applyWSSHandler({ wss: this.sockets, router });
    this.http.on('upgrade', (request, socket, head) => {
      this.upgrades += 1;
      if (this.refuseUpgrades) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      this.sockets.handleUpgrade(request, socket, head, (client) => this.sockets.emit('connection', client, request));
      return undefined;
    });
  }

  private createRouter() {
    const t = initTRPC.create({
      errorFormatter: ({ shape, error }) => ({
        ...shape,
        data: { ...shape.data, reason: error.cause instanceof Refuse ? error.cause.reason : undefined },
      }),
    });
    const place = (value: unknown) => value as { lastEventId?: string };
    const presence = (value: unknown) => value as { meta: unknown };
    const request = (value: unknown) => value as SentRequest;
    const profile = (value: unknown) => value as { name: string };
    return t.router({
      auth: t.router({
        me: t.procedure.query(() =>
          this.hasSession ? { user: this.user, session: { publicId: 'p' } } : { user: null, session: null },
        ),
      }),
      account: t.router({
        update: t.procedure.input(profile).mutation(({ input: { name } }) => {
          refusing(() => this.onUpdate(name));
          return { user: { ...this.user, name } };
        }),
      }),
      rooms: t.router({
        watch: t.procedure.input(place).subscription(({ input: { lastEventId }, signal }) => {
          return this.watch(lastEventId, signal);
        }),
        presence: t.procedure.input(place).subscription(({ signal }) => this.presence(signal)),
        setPresence: t.procedure.input(presence).mutation(({ input: { meta } }) => {
          this.metas.push(meta);
          return {};
        }),
        send: t.procedure.input(request).mutation(({ input }) => this.send(input)),
      }),
    });
  }

  private async send(request: SentRequest) {
    this.requests.push(request);
    try {
      const results = await this.onSend(request);
      return { epoch: 1, ver: this.ver, results };
    } catch (cause) {
      throw new TRPCError({ code: 'BAD_REQUEST', message: 'No.', cause });
    }
  }

  /** Ends every open stream of presence, as a server does that has closed its room. */
  endPresence(): void {
    for (const end of this.presenceEnds.splice(0)) end();
  }

  private async *presence(signal: AbortSignal | undefined) {
    this.presences += 1;
    refusing(() => this.onPresence());
    yield { type: 'presence', people: [] };
    await new Promise<void>((resolve) => {
      this.presenceEnds.push(resolve);
      signal?.addEventListener('abort', () => resolve());
    });
  }

  private async *watch(lastEventId: string | undefined, signal: AbortSignal | undefined) {
    this.watched.push(lastEventId);
    const queue = [...this.opening(lastEventId)];
    let wake = () => {};
    const push = (event: RoomEvent) => {
      queue.push(event);
      wake();
    };
    this.streams.add(push);
    signal?.addEventListener('abort', () => wake());
    try {
      while (!signal?.aborted) {
        for (const event of queue.splice(0)) yield tracked(cursorOf(event), event);
        if (!signal?.aborted && queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.streams.delete(push);
    }
  }
}

/** Lets a `Refuse` travel as tRPC errors do. */
function refusing(action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: 'No.', cause });
  }
}

function cursorOf(event: RoomEvent): string {
  return 'ver' in event ? `1:${event.ver}:v` : '1:0:v';
}

/** Every command is accepted. */
export function accept(request: SentRequest): readonly CommandResult[] {
  return request.commands.map(({ seq }) => ({ seq, ok: true }));
}
