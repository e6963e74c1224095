import type { AppRouter } from '@atrium/api';
import type { EndReason } from '@atrium/rooms';
import {
  createTRPCClient,
  httpLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
  type TRPCLink,
  wsLink,
} from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { Connection, SessionEndedError } from './connection/connection.ts';
import { browserWake, type WakeSource } from './connection/wake.ts';

/** The part of `fetch` that is needed. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface AtriumClientOptions {
  /** Absolute `http:` or `https:` address of the tRPC endpoint, as in `https://atrium.example/trpc`. */
  readonly url: string;
  /** For Node: one that keeps cookies. Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** For Node: one that sends cookies. Default: the global one. */
  readonly WebSocket?: typeof WebSocket | undefined;
  /** Called once when the server ended the session. */
  readonly onSessionEnded?: ((reason: EndReason) => void) | undefined;
  /** Default: the browser's `online` and `visibilitychange`. */
  readonly wake?: WakeSource | undefined;
}

export interface AtriumClient {
  /** Every procedure, typed: `client.trpc.rooms.list.query({})`. */
  readonly trpc: TRPCClient<AppRouter>;
  readonly connection: Connection;
  /** Call after signing in or out: the socket is opened again with the new cookie when it is next needed. */
  resetConnection(): Promise<void>;
  /** Closes the socket. */
  close(): Promise<void>;
}

/** These mutations follow the room's stream: same socket, so their order is kept and they cost no HTTP request. */
const overSocket = new Set(['rooms.send', 'rooms.setPresence']);

/** Calls after the end of the session fail here instead of opening a socket that would be refused. */
function refuseWhenEnded(connection: Connection): TRPCLink<AppRouter> {
  return () =>
    ({ next, op }) =>
      observable((observer) => {
        const reason = connection.ended.get();
        if (!reason) return next(op).subscribe(observer);
        observer.error(TRPCClientError.from(new SessionEndedError(reason)));
        return undefined;
      });
}

function createHttpLink(url: string, fetch: Fetch | undefined): TRPCLink<AppRouter> {
  if (!fetch) return httpLink({ url });
  return httpLink({
    url,
    fetch: (input, init) => {
      const address = input instanceof Request ? input.url : input.toString();
      // tRPC's `RequestInit` differs only in `signal: undefined`, which every fetch accepts.
      return fetch(address, init as RequestInit);
    },
  });
}

/** One client per page (or per simulated person in a test). Opens no socket by itself. */
export function createAtriumClient(opts: AtriumClientOptions): AtriumClient {
  const http = createHttpLink(opts.url, opts.fetch);
  const plain = createTRPCClient<AppRouter>({ links: [http] });
  const connection = new Connection({
    url: opts.url.replace(/^http/, 'ws'),
    WebSocket: opts.WebSocket,
    wake: opts.wake ?? browserWake,
    onSessionEnded: opts.onSessionEnded,
    checkSession: async () => {
      try {
        return (await plain.auth.me.query(undefined, { signal: AbortSignal.timeout(5_000) })).session
          ? 'valid'
          : 'none';
      } catch {
        return 'unreachable';
      }
    },
  });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription' || overSocket.has(op.path),
        true: [refuseWhenEnded(connection), wsLink<AppRouter>({ client: connection.wsClient })],
        false: http,
      }),
    ],
  });
  return {
    trpc,
    connection,
    resetConnection: () => connection.reset(),
    close: () => connection.wsClient.close(),
  };
}
