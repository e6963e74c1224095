import { type AtriumClient, createAtriumClient } from '@atrium/client';
import { WebSocket } from 'ws';
import type { Closed, Person } from '../src/index.ts';

/** Our client in somebody's name, and what went over its sockets. */
export interface PersonClient extends AsyncDisposable {
  readonly client: AtriumClient;
  /** Events of each type that came in, over all sockets. */
  count(type: 'snapshot' | 'diff'): number;
  /** How each socket that is not open any more was closed. */
  readonly closed: readonly Closed[];
  /** How many sockets were tried. */
  readonly sockets: number;
}

/** A browser keeps cookies by itself; here the person lends theirs. `url` may be that of a proxy in between. */
export function openPersonClient(person: Person, url: string): PersonClient {
  const events: string[] = [];
  const closed: Closed[] = [];
  let sockets = 0;
  const headers = () => ({ origin: person.url, cookie: person.cookie });

  class PersonSocket extends WebSocket {
    constructor(address: string) {
      // A browser waits about as long for the other side to agree to a close; `ws` by itself would wait for 30 s.
      const options = { headers: headers(), closeTimeout: 2_000 };
      super(address, options);
      sockets += 1;
      this.on('message', (data: Buffer) => events.push(...(/"type":"(?:snapshot|diff)"/.exec(data.toString()) ?? [])));
      this.on('close', (code, reason) => closed.push({ code, reason: reason.toString() }));
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
  });
  return {
    client,
    count: (type) => events.filter((event) => event.includes(type)).length,
    closed,
    get sockets() {
      return sockets;
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}
