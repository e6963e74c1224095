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
import { browserWake, waitOrWake, type WakeSource } from './connection/wake.ts';
import { delayBefore } from './connection/backoff.ts';
import type { Courier, UndeliverableCommand } from './outbox/courier.ts';
import { openIndexedDbOutbox } from './outbox/indexed-db-outbox.ts';
import { MemoryOutbox } from './outbox/memory-outbox.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import { askAgain } from './session/ask-again.ts';
import { type AskForProof, sudoLink } from './session/sudo-link.ts';
import { type Identity, IdentityKeeper, type WhoAnswer } from './session/identity.ts';
import type { TokenInUse, TokenSource } from './token/token-source.ts';

/** The part of `fetch` that is needed. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

export interface AtriumClientOptions {
  /** Absolute `http:` or `https:` address of the tRPC endpoint, as in `https://atrium.example/trpc`. */
  readonly url: string;
  /** For Node: one that keeps cookies. Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** For Node: one that sends cookies. Default: the global one. */
  readonly WebSocket?: typeof WebSocket | undefined;
  /** For programs: `apiToken(…)` instead of a cookie. */
  readonly token?: TokenSource | undefined;
  /** Called once when the server ended the session. */
  readonly onSessionEnded?: ((reason: EndReason) => void) | undefined;
  /**
   * Called when the server wants a proof of who is there before it does something delicate: asks the person, and answers
   * whether they gave it. The refused call is then repeated. Default: the refusal reaches the caller.
   */
  readonly onSudoRequired?: AskForProof | undefined;
  /** Default: the browser's `online` and `visibilitychange`. */
  readonly wake?: WakeSource | undefined;
  /**
   * Where commands wait for the server. Default: IndexedDB in a browser, else memory that ends with this client. A bot
   * that may be started again hands over one that outlives it.
   */
  readonly outbox?: OutboxStore | undefined;
  /** Told of each command that an earlier page kept for a room that is not open here, and that cannot be done any more. */
  readonly onUndeliverable?: ((command: UndeliverableCommand) => void) | undefined;
}

export interface AtriumClient {
  /** Every procedure, typed: `client.trpc.rooms.list.query({})`. */
  readonly trpc: TRPCClient<AppRouter>;
  readonly connection: Connection;
  readonly outbox: OutboxStore;
  /** Who is signed in, null for nobody. Waits as long as the server cannot be reached. */
  identity(): Promise<Identity | null>;
  /** How many commands this device keeps for whoever is or was signed in here last. */
  countKept(): Promise<number>;
  /** Forgets them. Call it when the person has signed out and was warned. */
  forgetKept(): Promise<void>;
  /** Sends what earlier pages kept for rooms that are not open here. Call it when the app has started or somebody signed in. */
  deliverKept(): void;
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
  const { url, fetch = globalThis.fetch } = opts;
  const token = opts.token?.({ url, fetch, onRefused: () => connection.end('signed-out') });
  const http = createHttpLink(url, token ? token.fetch : opts.fetch);
  const plain = createTRPCClient<AppRouter>({ links: [http] });
  const wake = opts.wake ?? browserWake;
  const keeper = new IdentityKeeper(
    () => askWho(plain, token),
    (failures) => waitOrWake(delayBefore(failures, Math.random()), wake),
  );
  const connection = new Connection({
    url: opts.url.replace(/^http/, 'ws'),
    WebSocket: opts.WebSocket,
    wake,
    token,
    onSessionEnded: opts.onSessionEnded,
    checkSession: () => keeper.check(),
  });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      ...(opts.onSudoRequired ? [sudoLink(opts.onSudoRequired, connection)] : []),
      splitLink({
        condition: (op) => op.type === 'subscription' || overSocket.has(op.path),
        true: [refuseWhenEnded(connection), wsLink<AppRouter>({ client: connection.wsClient })],
        false: [askAgain(() => keeper.check()), http],
      }),
    ],
  });
  const outbox = opts.outbox ?? openIndexedDbOutbox() ?? new MemoryOutbox();
  outbox.onCleared((userId) => {
    if (keeper.last?.userId === userId) connection.end('signed-out');
  });
  let isClosed = false;
  let courier: Promise<Courier> | null = null;
  /** Loads the courier with the first delivery: a page that nobody has signed in to does without. */
  const deliver = async () => {
    courier ??= import('./outbox/courier.ts').then(
      (loaded) => new loaded.Courier(client, (command) => opts.onUndeliverable?.(command)),
    );
    try {
      const ready = await courier;
      if (!isClosed) ready.start();
    } catch {
      // What is kept stays kept; the next delivery loads again.
      courier = null;
    }
  };
  const client: AtriumClient = {
    trpc,
    connection,
    outbox,
    identity: () => keeper.get(),
    // A device that refuses to tell keeps nothing that could be sent.
    countKept: async () => (keeper.last ? outbox.count(keeper.last.userId).catch(() => 0) : 0),
    forgetKept: async () => {
      if (keeper.last) await outbox.clear(keeper.last.userId);
    },
    deliverKept: () => void deliver(),
    async resetConnection() {
      keeper.forget();
      await connection.reset();
    },
    async close() {
      isClosed = true;
      await connection.close();
    },
  };
  return client;
}

/** Milliseconds; an answer that takes longer is none. */
const patience = 5_000;

async function askWho(client: TRPCClient<AppRouter>, token: TokenInUse | undefined): Promise<WhoAnswer> {
  try {
    const { user, session } = await client.auth.me.query(undefined, { signal: AbortSignal.timeout(patience) });
    return user && session ? { userId: user.id, name: user.name } : 'nobody';
  } catch (error) {
    return token?.who(error) ?? 'unreachable';
  }
}
