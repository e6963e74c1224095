/**
 * The one socket of a client. Opened by the first call that needs it, closed when nothing has used it for a while.
 *
 * tRPC's `wsClient` does the reconnecting and resubscribing; the waiting between two attempts is ours (inside the `url`
 * callback, because there it can be woken early), and so is the socket itself, which notices a dead line by itself.
 * Invariants: after `end` no socket is opened until `reset`; only the server's word ends a session, never a lost line.
 */
import type { EndReason } from '@atrium/rooms';
import { createWSClient, type TRPCWebSocketClient } from '@trpc/client';
import { parseEndReason, sessionEndedCode } from '../ending.ts';
import { Cell, type Observable } from '../observable.ts';
import { delayBefore } from './backoff.ts';
import { type LiveSocket, liveSocketClass } from './live-socket.ts';
import type { TokenInUse } from '../token/token-source.ts';
import { waitOrWake, type WakeSource } from './wake.ts';

/**
 * `idle`: nobody needs it · `connecting`: opening for the first time · `live` · `reconnecting`: lost, trying again ·
 * `ended`: the session is over, nothing is tried.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'ended';

/** Asks the server who is signed in here. `changed`: somebody else than before · `unreachable`: no answer. */
export type SessionCheck = () => Promise<'valid' | 'none' | 'changed' | 'unreachable'>;

export interface ConnectionOptions {
  /** `ws:` or `wss:` address of the tRPC endpoint. */
  readonly url: string;
  readonly WebSocket?: typeof WebSocket | undefined;
  readonly checkSession: SessionCheck;
  readonly wake: WakeSource;
  /** Of a program: said in the first message of each socket. */
  readonly token?: TokenInUse | undefined;
  readonly onSessionEnded?: ((reason: EndReason) => void) | undefined;
}

/** A call was made after the session had ended; nothing was sent. */
export class SessionEndedError extends Error {
  readonly reason: EndReason;

  constructor(reason: EndReason) {
    super('The session has ended.');
    this.name = 'SessionEndedError';
    this.reason = reason;
  }
}

/** A socket that stayed open this long was a good one: the next loss starts again with the shortest delay. */
const stableAfterMs = 5_000;

export class Connection {
  /** Hand this to `wsLink`. */
  readonly wsClient: TRPCWebSocketClient;
  /** Why the session ended, or null while it has not. */
  readonly ended: Observable<EndReason | null>;
  /** Counts the sessions that this client has had: what was meant for one is never sent in the name of the next. */
  sessionCount = 0;

  private readonly opts: ConnectionOptions;
  private readonly statusCell = new Cell<ConnectionStatus>('idle');
  private readonly endedCell = new Cell<EndReason | null>(null);
  private readonly stopWatching: () => void;
  private socket: LiveSocket | null = null;
  /** 0 before the first attempt; counts attempts since the last good socket. */
  private attempt = 0;
  private openedAt = 0;
  private isChecking = false;
  private isRenewed = false;

  constructor(opts: ConnectionOptions) {
    const { token } = opts;
    this.opts = opts;
    this.ended = this.endedCell;
    this.wsClient = createWSClient({
      url: () => this.nextUrl(),
      ...(token && { connectionParams: () => ({ token: token.current }) }),
      WebSocket: liveSocketClass({
        Socket: opts.WebSocket ?? globalThis.WebSocket,
        onSocket: (socket) => (this.socket = socket),
      }),
      retryDelayMs: () => 0,
      lazy: { enabled: true, closeMs: 10_000 },
      onOpen: () => this.onOpen(),
      onClose: (event) => this.onClose(event),
    });
    this.wsClient.connectionState.subscribe({ next: ({ state }) => this.onState(state) });
    this.stopWatching = opts.wake(() => this.socket?.doubt());
  }

  get status(): Observable<ConnectionStatus> {
    return this.statusCell;
  }

  /** Bytes that the socket has not yet handed to the network; 0 when there is none. */
  get bufferedAmount(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Stops for good: subscriptions complete, status `ended`. */
  end(reason: EndReason): void {
    if (this.endedCell.get()) return;
    this.sessionCount += 1;
    this.endedCell.set(reason);
    this.statusCell.set('ended');
    void this.shut();
    this.opts.onSessionEnded?.(reason);
  }

  /** Closes the socket and forgets an end; the next call opens a new one, with the cookie of that moment. */
  async reset(): Promise<void> {
    this.sessionCount += 1;
    this.endedCell.set(null);
    this.attempt = 0;
    await this.shut();
    if (this.statusCell.get() === 'ended') this.statusCell.set('idle');
  }

  /** Closes the socket and listens to nothing any more. */
  async close(): Promise<void> {
    this.stopWatching();
    await this.shut();
  }

  private async shut(): Promise<void> {
    const closed = this.wsClient.close();
    // tRPC would wait until everything is answered, or until a socket that is being opened is open.
    this.socket?.close();
    await closed;
  }

  private async nextUrl(): Promise<string> {
    const { attempt } = this;
    this.attempt += 1;
    await waitOrWake(delayBefore(attempt, Math.random()), this.opts.wake);
    // Where the server is not reached, the socket will find out as well.
    await this.opts.token?.get().catch(() => undefined);
    const ended = this.endedCell.get();
    if (ended) throw new SessionEndedError(ended);
    return this.opts.url;
  }

  private onOpen(): void {
    const isReturn = this.attempt > 1;
    this.openedAt = Date.now();
    // While the line was away somebody else may have signed in here: their socket is not for this page.
    if (isReturn) void this.check();
  }

  private onClose(event: { code?: number; reason?: string } | undefined): void {
    const wasOpen = this.openedAt > 0;
    const wasStable = wasOpen && Date.now() - this.openedAt >= stableAfterMs;
    this.openedAt = 0;
    if (wasStable) this.attempt = 1;
    if (wasStable) this.isRenewed = false;
    if (event?.code === sessionEndedCode) this.endOrRenew(parseEndReason(event.reason ?? ''));
    // Refused or not reached: a browser does not tell the one from the other, the server does.
    else if (!wasOpen) void this.check();
  }

  /** An access token may be over although this clock says that it is not: then another one is tried, once. */
  private endOrRenew(reason: EndReason): void {
    const { token } = this.opts;
    if (reason !== 'expired' || !token || this.isRenewed) return this.end(reason);
    this.isRenewed = true;
    // Whoever opens the next socket waits for it; a refusal ends this connection.
    token.replace(token.current).catch(() => undefined);
  }

  /** One question at a time, beside the attempts to connect: it must not hold them up. */
  private async check(): Promise<void> {
    if (this.isChecking || this.endedCell.get()) return;
    this.isChecking = true;
    const { sessionCount } = this;
    const answer = await this.opts.checkSession();
    this.isChecking = false;
    if (sessionCount === this.sessionCount && (answer === 'none' || answer === 'changed')) this.end('signed-out');
  }

  private onState(state: 'idle' | 'connecting' | 'pending'): void {
    if (this.endedCell.get()) return;
    switch (state) {
      case 'idle':
        this.attempt = 0;
        this.statusCell.set('idle');
        return;
      case 'pending':
        this.statusCell.set('live');
        return;
      case 'connecting': {
        const before = this.statusCell.get();
        this.statusCell.set(before === 'live' || before === 'reconnecting' ? 'reconnecting' : 'connecting');
        return;
      }
    }
  }
}
