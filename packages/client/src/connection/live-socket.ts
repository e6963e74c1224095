/**
 * A WebSocket that notices by itself when it leads nowhere, and says so at once.
 *
 * A plain one waits for the operating system: an upgrade that the network swallowed hangs for half a minute, a line
 * that died in silence looks open, and `close()` on it waits for an answer that never comes. So here several attempts
 * to open may run side by side (the first one that opens wins), quiet is answered by a ping, and a lost line is
 * reported without asking it. The racing of attempts follows RFC 8305 ("Happy Eyeballs").
 *
 * Offers what tRPC's client asks of a WebSocket. Knows nothing of sessions, and does not reconnect.
 */

/** What a socket that was lost is closed with, as browsers do. */
const abnormal = 1006;

/** All in milliseconds. */
export interface SocketPatience {
  /** How long an attempt to open may hang before there is one more beside it. */
  readonly attempt: number;
  /** When opening is given up. */
  readonly opening: number;
  /** Quiet for this long is answered by a ping. */
  readonly quiet: number;
  /** A ping without any answer for this long means that the line is lost. */
  readonly answer: number;
  /** The same when there is a reason to doubt: the device slept, the network changed. */
  readonly doubtedAnswer: number;
}

const defaultPatience: SocketPatience = {
  attempt: 700,
  opening: 15_000,
  quiet: 5_000,
  answer: 2_000,
  doubtedAnswer: 1_000,
};

/** How many attempts stay until opening is given up. */
const patientAttempts = 2;

/** A timer that is this late (ms) was stopped together with the device. */
const slept = 10_000;

type SocketClass = new (url: string) => WebSocket;

export class LiveSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readonly url: string;
  readyState = 0;
  binaryType: BinaryType = 'blob';

  private readonly Socket: SocketClass;
  private readonly patience: SocketPatience;
  /** In the order in which they began. */
  private readonly attempts = new Set<WebSocket>();
  private readonly attempting: ReturnType<typeof setInterval>;
  private readonly opening: ReturnType<typeof setTimeout>;
  private line: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isPinged = false;

  constructor(url: string, opts: { readonly Socket: SocketClass; readonly patience?: SocketPatience | undefined }) {
    super();
    this.url = url;
    this.Socket = opts.Socket;
    this.patience = opts.patience ?? defaultPatience;
    this.attempting = setInterval(() => this.attempt(), this.patience.attempt);
    this.opening = setTimeout(() => this.lose(), this.patience.opening);
    this.attempt();
  }

  get bufferedAmount(): number {
    return this.line?.bufferedAmount ?? 0;
  }

  send(data: string): void {
    // A browser complains of what is sent into a line that the other side is closing, and drops it all the same.
    if (this.line?.readyState === this.OPEN) this.line.send(data);
  }

  /** Closes in good order; what was sent before is still on its way. */
  close(code?: number, reason?: string): void {
    if (this.readyState >= this.CLOSING) return;
    const { line } = this;
    if (!line) return this.lose();
    this.readyState = this.CLOSING;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose(), this.patience.answer);
    line.close(code, reason);
  }

  /** There is a reason to doubt the line: it must answer now, or it is lost. One that is being opened is tried again. */
  doubt(): void {
    if (this.readyState === this.CONNECTING) this.attempt();
    if (this.readyState === this.OPEN) this.ping(this.patience.doubtedAnswer);
  }

  /**
   * The first ones stay, for a line that is slow; the last one is renewed, for a line that comes back: what was sent into
   * the dark is lost, and the device sends it again later and later.
   */
  private attempt(): void {
    if (this.readyState !== this.CONNECTING) return;
    const last = [...this.attempts].at(-1);
    if (last && this.attempts.size > patientAttempts) {
      this.attempts.delete(last);
      drop(last);
    }
    const socket = new this.Socket(this.url);
    this.attempts.add(socket);
    socket.addEventListener('open', () => this.take(socket));
    // Without a listener `ws` would throw; `close` follows in every case.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', ({ code, reason }) => this.onClose(socket, { code, reason }));
  }

  private take(socket: WebSocket): void {
    if (this.readyState !== this.CONNECTING || this.line) return drop(socket);
    this.line = socket;
    this.attempts.delete(socket);
    this.stopOpening();
    this.readyState = this.OPEN;
    socket.binaryType = this.binaryType;
    socket.addEventListener('message', ({ data }) => this.onMessage(data));
    this.listen();
    this.dispatchEvent(new Event('open'));
  }

  private onMessage(data: unknown): void {
    if (this.readyState === this.CLOSED) return;
    this.isPinged = false;
    if (this.readyState === this.OPEN) this.listen();
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  private onClose(socket: WebSocket, end: { code: number; reason: string }): void {
    if (socket === this.line) return this.finish(end.code, end.reason);
    this.attempts.delete(socket);
    if (this.readyState === this.CONNECTING && this.attempts.size === 0) this.lose();
  }

  /** Waits for quiet. A timer that comes far too late tells that the device slept. */
  private listen(): void {
    const { quiet, answer, doubtedAnswer } = this.patience;
    const due = Date.now() + quiet;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ping(Date.now() - due > slept ? doubtedAnswer : answer), quiet);
  }

  private ping(patience: number): void {
    // Whoever is asked already is not given more time by being asked again.
    if (this.isPinged && patience >= this.patience.answer) return;
    this.isPinged = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose(), patience);
    this.send('PING');
  }

  private lose(): void {
    if (this.readyState === this.CONNECTING) this.dispatchEvent(new Event('error'));
    this.finish(abnormal, '');
  }

  private finish(code: number, reason: string): void {
    if (this.readyState === this.CLOSED) return;
    this.readyState = this.CLOSED;
    clearTimeout(this.timer);
    this.stopOpening();
    if (this.line) drop(this.line);
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason, wasClean: code !== abnormal }));
  }

  private stopOpening(): void {
    clearInterval(this.attempting);
    clearTimeout(this.opening);
    for (const socket of this.attempts) drop(socket);
    this.attempts.clear();
  }
}

/** Lets go of a socket. `ws` can do so without asking the other side; a browser has no such call. */
function drop(socket: WebSocket): void {
  if ('terminate' in socket && typeof socket.terminate === 'function') socket.terminate();
  else socket.close();
}

/** The class that `createWSClient` asks for; `onSocket` hears of each one that is made. */
export function liveSocketClass(opts: {
  readonly Socket: SocketClass;
  readonly onSocket: (socket: LiveSocket) => void;
}): typeof WebSocket {
  const Made = class extends LiveSocket {
    constructor(url: string) {
      super(url, { Socket: opts.Socket });
      opts.onSocket(this);
    }
  };
  // It has everything of a WebSocket that tRPC uses; the `on…` properties and the protocols are not among it.
  return Made as unknown as typeof WebSocket;
}
