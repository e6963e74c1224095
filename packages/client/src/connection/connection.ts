/**
 * The one socket of a client. Opened by the first call that needs it, closed when nothing has used it for a while.
 *
 * tRPC's `wsClient` does the reconnecting and resubscribing; the waiting between two attempts is ours. It happens inside
 * the `url` callback, because there it can be woken early and can look at the session before it knocks again.
 * Invariant: after `end` no socket is opened until `reset`.
 */
import type { EndReason } from '@atrium/rooms';
import { createWSClient, type TRPCWebSocketClient } from '@trpc/client';
import { parseEndReason, sessionEndedCode } from '../ending.ts';
import { Cell, type Observable } from '../observable.ts';
import { delayBefore } from './backoff.ts';
import { waitOrWake, type WakeSource } from './wake.ts';

/**
 * `idle`: nobody needs it · `connecting`: opening for the first time · `live` · `reconnecting`: lost, trying again ·
 * `ended`: the session is over, nothing is tried.
 */
export type ConnectionStatus = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'ended';

/** What the server knows of our session: asked when a socket was refused. `unreachable` means no answer. */
export type SessionCheck = () => Promise<'valid' | 'none' | 'unreachable'>;

export interface ConnectionOptions {
  /** `ws:` or `wss:` address of the tRPC endpoint. */
  readonly url: string;
  readonly WebSocket?: typeof WebSocket | undefined;
  readonly checkSession: SessionCheck;
  readonly wake: WakeSource;
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
  /** 0 before the first attempt; counts attempts since the last good socket. */
  private attempt = 0;
  private openedAt = 0;

  constructor(opts: ConnectionOptions) {
    this.opts = opts;
    this.ended = this.endedCell;
    this.wsClient = createWSClient({
      url: () => this.nextUrl(),
      ...(opts.WebSocket ? { WebSocket: opts.WebSocket } : {}),
      retryDelayMs: () => 0,
      lazy: { enabled: true, closeMs: 10_000 },
      keepAlive: { enabled: true, intervalMs: 5_000, pongTimeoutMs: 2_000 },
      onOpen: () => this.onOpen(),
      onClose: (event) => this.onClose(event),
    });
    this.wsClient.connectionState.subscribe({ next: ({ state }) => this.onState(state) });
  }

  get status(): Observable<ConnectionStatus> {
    return this.statusCell;
  }

  /** Bytes that the socket has not yet handed to the network; 0 when there is none. */
  get bufferedAmount(): number {
    return this.wsClient.connection?.ws.bufferedAmount ?? 0;
  }

  /** Stops for good: subscriptions complete, status `ended`. */
  end(reason: EndReason): void {
    if (this.endedCell.get()) return;
    this.sessionCount += 1;
    this.endedCell.set(reason);
    this.statusCell.set('ended');
    void this.wsClient.close();
    this.opts.onSessionEnded?.(reason);
  }

  /** Closes the socket and forgets an end; the next call opens a new one, with the cookie of that moment. */
  async reset(): Promise<void> {
    this.sessionCount += 1;
    this.endedCell.set(null);
    this.attempt = 0;
    await this.wsClient.close();
    if (this.statusCell.get() === 'ended') this.statusCell.set('idle');
  }

  private async nextUrl(): Promise<string> {
    const attempt = this.attempt;
    this.attempt += 1;
    await waitOrWake(delayBefore(attempt, Math.random()), this.opts.wake);
    // The attempt before this one may have been refused because there is no session any more.
    if (attempt > 0 && (await this.opts.checkSession()) === 'none') this.end('signed-out');
    const ended = this.endedCell.get();
    if (ended) throw new SessionEndedError(ended);
    return this.opts.url;
  }

  private onOpen(): void {
    this.openedAt = Date.now();
  }

  private onClose(event: { code?: number; reason?: string } | undefined): void {
    const wasStable = this.openedAt > 0 && Date.now() - this.openedAt >= stableAfterMs;
    this.openedAt = 0;
    if (wasStable) this.attempt = 1;
    if (event?.code === sessionEndedCode) this.end(parseEndReason(event.reason ?? ''));
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
