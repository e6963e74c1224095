import { type AtriumClient, createAtriumClient, type OutboxStore, type WakeSource } from '@atrium/client';
import type { EndReason } from '@atrium/rooms';
import { WebSocket } from 'ws';
import type { Person } from './person.ts';
import type { Closed } from './raw-socket.ts';

/** Our client in somebody's name, and what went over its sockets. */
export interface PersonClient extends AsyncDisposable {
  readonly client: AtriumClient;
  /** Events of each type that came in, over all sockets. */
  count(type: 'snapshot' | 'diff'): number;
  /** How each socket that is not open any more was closed. */
  readonly closed: readonly Closed[];
  /** How many sockets were tried. */
  readonly sockets: number;
  /** Why the client would ask this person to sign in again; null while it would not. */
  readonly endedWith: EndReason | null;
  readonly isKilled: boolean;
  /** As a tab that is killed: from now on it sends nothing and hears nothing. What its outbox keeps stays there. */
  kill(): Promise<void>;
}

export interface PersonClientOptions {
  /** What outlives the client: a reload is a new client with the outbox of the one before. */
  readonly outbox?: OutboxStore;
  /** What a browser would tell of the network. Default: nothing. */
  readonly wake?: WakeSource;
}

/** A browser keeps cookies by itself; here the person lends theirs. `url` may be that of a proxy in between. */
export function openPersonClient(person: Person, url: string, opts: PersonClientOptions = {}): PersonClient {
  const counts = { snapshot: 0, diff: 0 };
  const closed: Closed[] = [];
  const open = new Set<WebSocket>();
  let sockets = 0;
  let isKilled = false;
  let endedWith: EndReason | null = null;
  const headers = () => ({ origin: person.url, cookie: person.cookie });

  class PersonSocket extends WebSocket {
    constructor(address: string) {
      // A browser waits about as long for the other side to agree to a close; `ws` by itself would wait for 30 s.
      const options = { headers: headers(), closeTimeout: 2_000 };
      super(address, options);
      sockets += 1;
      open.add(this);
      this.on('message', (data: Buffer) => {
        const type = /"type":"(snapshot|diff)"/.exec(data.toString())?.[1];
        if (type !== undefined) counts[type as keyof typeof counts] += 1;
      });
      this.on('close', (code, reason) => {
        open.delete(this);
        closed.push({ code, reason: reason.toString() });
      });
    }
  }

  const client = createAtriumClient({
    url: `${url}/trpc`,
    fetch(address, init) {
      const all = new Headers(init?.headers);
      for (const [name, value] of Object.entries(headers())) all.set(name, value);
      return fetch(address, { ...init, headers: all });
    },
    // The client asks for no more of a socket than `ws` has; only the DOM's declarations differ.
    WebSocket: PersonSocket as never,
    onSessionEnded: (reason) => {
      if (!isKilled) endedWith = reason;
    },
    outbox: opts.outbox,
    wake: opts.wake,
  });
  return {
    client,
    count: (type) => counts[type],
    closed,
    get sockets() {
      return sockets;
    },
    get endedWith() {
      return endedWith;
    },
    get isKilled() {
      return isKilled;
    },
    async kill() {
      isKilled = true;
      for (const socket of open) socket.terminate();
      // Rooms that are open here let go of what they hold, without a last word to the server.
      client.connection.end('expired');
      await client.close();
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
