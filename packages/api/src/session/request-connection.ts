import type { Identity, LiveConnection, LiveHandle, LiveSessions } from '@atrium/auth';
import type { EndReason } from '@atrium/rooms';

/** A request over HTTP that may wait for longer than its session lives: it hears of the end like a socket does. */
export class RequestConnection implements LiveConnection {
  readonly isSocket = false;
  readonly rooms: readonly string[] = [];
  readonly streams = 0;
  readonly publicId: string;
  readonly userId: string;
  ended: EndReason | null = null;
  /** Aborts when the caller has hung up or the session is over. */
  readonly left: AbortSignal;
  readonly #over = new AbortController();
  #handle: LiveHandle | null = null;

  private constructor({ session, user }: Identity, signal: AbortSignal | undefined) {
    this.left = signal ? AbortSignal.any([signal, this.#over.signal]) : this.#over.signal;
    this.publicId = session.publicId;
    this.userId = user.id;
  }

  /** Registers first and reads the row then, so `ended` is right from the start. Call `close` when the call is over. */
  static async open(
    live: LiveSessions,
    identity: Identity,
    signal: AbortSignal | undefined,
  ): Promise<RequestConnection> {
    const connection = new RequestConnection(identity, signal);
    connection.#handle = await live.register(connection);
    return connection;
  }

  /** Over HTTP all tabs of a session count as one. */
  get id(): string {
    return this.publicId;
  }

  end(reason: EndReason): void {
    this.ended = reason;
    this.#over.abort();
  }

  /** The call under way began under the old name. */
  rename(): void {}

  close(): void {
    this.#handle?.release();
  }
}
