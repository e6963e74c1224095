import type { AppRouter } from '@atrium/api';
import type { RoomEvent } from '@atrium/rooms';
import { createTRPCClient, createWSClient, type TRPCClient, type TRPCClientErrorLike, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { Closed, Person, Tracked } from '../src/index.ts';

/** tRPC's own client over its own link in somebody's name: what anybody would write who knows the router's type. */
export interface StockClient extends AsyncDisposable {
  readonly trpc: TRPCClient<AppRouter>;
  /** Every socket that was opened, the newest last. */
  readonly sockets: readonly WebSocket[];
  /** Text of every message that came, over all sockets. */
  readonly messages: readonly string[];
  readonly closed: readonly Closed[];
  watch(roomId: string, lastEventId?: string): Watch;
}

export function openStockClient(person: Person, url = person.url): StockClient {
  const sockets: WebSocket[] = [];
  const messages: string[] = [];
  const closed: Closed[] = [];

  class PersonSocket extends WebSocket {
    constructor(address: string) {
      const options = { headers: { origin: person.url, cookie: person.cookie }, closeTimeout: 2_000 };
      super(address, options);
      sockets.push(this);
      this.on('message', (data: Buffer) => messages.push(data.toString()));
      this.on('close', (code, reason) => closed.push({ code, reason: reason.toString() }));
    }
  }

  const wsClient = createWSClient({
    url: `${url.replace(/^http/, 'ws')}/trpc`,
    WebSocket: PersonSocket as never,
    retryDelayMs: () => 50,
  });
  const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client: wsClient })] });
  return {
    trpc,
    sockets,
    messages,
    closed,
    watch: (roomId, lastEventId) => new Watch(trpc, { roomId, ...(lastEventId !== undefined && { lastEventId }) }),
    async [Symbol.asyncDispose]() {
      await wsClient.close();
      for (const socket of sockets) socket.terminate();
    },
  };
}

/** One subscription, and everything that it told. */
export class Watch {
  readonly events: Tracked[] = [];
  readonly errors: TRPCClientErrorLike<AppRouter>[] = [];
  readonly told: ('started' | 'stopped' | 'complete')[] = [];
  readonly stop: () => void;
  #wake: (() => void)[] = [];

  constructor(trpc: TRPCClient<AppRouter>, input: { roomId: string; lastEventId?: string }) {
    const wake = () => {
      for (const each of this.#wake.splice(0)) each();
    };
    const subscription = trpc.rooms.watch.subscribe(input, {
      onStarted: () => {
        this.told.push('started');
        wake();
      },
      onData: (event) => {
        // The link's type has lost that tuples are tuples.
        this.events.push(event as unknown as Tracked);
        wake();
      },
      onError: (error) => {
        this.errors.push(error);
        wake();
      },
      onStopped: () => {
        this.told.push('stopped');
        wake();
      },
      onComplete: () => {
        this.told.push('complete');
        wake();
      },
    });
    this.stop = () => subscription.unsubscribe();
  }

  /** Resolves when `fits`; rejects after ten seconds. */
  async until(fits: (watch: this) => boolean): Promise<void> {
    const deadline = AbortSignal.timeout(10_000);
    while (!fits(this)) {
      await new Promise<void>((resolve, reject) => {
        const late = () =>
          reject(new Error(`It did not come. So far: ${JSON.stringify(this.data.map(({ type }) => type))}`));
        deadline.addEventListener('abort', late, { once: true });
        this.#wake.push(() => {
          deadline.removeEventListener('abort', late);
          resolve();
        });
      });
    }
  }

  /** Resolves with the first event of that type. */
  async event<Type extends RoomEvent['type']>(type: Type): Promise<Extract<RoomEvent, { type: Type }>> {
    await this.until(({ data }) => data.some((event) => event.type === type));
    return this.data.find((event) => event.type === type) as Extract<RoomEvent, { type: Type }>;
  }

  /** Resolves when the viewer has this version. */
  async reaches(ver: number): Promise<void> {
    await this.until(({ ver: has }) => has >= ver);
  }

  get data(): RoomEvent[] {
    return this.events.map(({ data }) => data);
  }

  get ver(): number {
    const vers = this.data.flatMap((event) => (event.type === 'snapshot' || event.type === 'diff' ? event.ver : []));
    return vers.at(-1) ?? -1;
  }

  /** Diffs that do not continue what came before: must be none. */
  get gaps(): readonly string[] {
    let ver: number | null = null;
    return this.data.flatMap((event) => {
      if (event.type !== 'snapshot' && event.type !== 'diff') return [];
      const isGap = event.type === 'diff' && ver !== null && event.prev !== ver;
      const gap = `${ver} -> ${event.type === 'diff' ? event.prev : ''}`;
      ver = event.ver;
      return isGap ? [gap] : [];
    });
  }
}
