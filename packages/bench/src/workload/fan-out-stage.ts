import { Child } from './fan-out-child.ts';
import type { Counts, OpenOrder, PeersOrder } from './fan-out-peers.ts';
import type { DriveOrder, Driven, ServerOrder, Started } from './fan-out-server.ts';

/** One server in a process of its own. `watch` opens peers in the process of the peers. */
export class MeasuredServer implements AsyncDisposable {
  readonly #child: Child;
  readonly #peers: Peers;
  readonly #started: Started;
  readonly kind: 'ours' | 'bare';

  private constructor(kind: 'ours' | 'bare', parts: { child: Child; peers: Peers; started: Started }) {
    this.kind = kind;
    this.#child = parts.child;
    this.#peers = parts.peers;
    this.#started = parts.started;
  }

  static async start(kind: 'ours' | 'bare', peers: Peers): Promise<MeasuredServer> {
    const child = new Child(new URL('./fan-out-server.ts', import.meta.url));
    const started = await child.ask<Started>({ start: kind } satisfies ServerOrder);
    return new MeasuredServer(kind, { child, peers, started });
  }

  /** Everybody has the first event when this resolves; the silent only open a socket. */
  async watch(count: number, opts: Pick<OpenOrder, 'keepTimes'> & { isSilent?: boolean } = {}): Promise<void> {
    const { isSilent = this.kind === 'bare', ...more } = opts;
    const { port, headers, roomIds } = this.#started;
    const input = { roomId: roomIds[0] };
    const hello = JSON.stringify({ id: 1, method: 'subscription', params: { path: 'rooms.watch', input } });
    await this.#peers.open({ group: this.kind, port, headers, count, hello: isSilent ? null : hello, ...more });
  }

  drive(opts: Partial<DriveOrder> & { isWatched?: boolean }): Promise<Driven> {
    const { isWatched = true, ...more } = opts;
    const roomId = this.#started.roomIds[isWatched ? 0 : 1] ?? '';
    const drive = { roomId, turns: 100, burst: 1, turnsPerSecond: 50, padding: 0, ...more };
    return this.#child.ask<Driven>({ drive } satisfies ServerOrder);
  }

  memory(): Promise<{ used: number }> {
    return this.#child.ask({ memory: true } satisfies ServerOrder);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#child[Symbol.asyncDispose]();
  }
}

/** The process of the peers. */
export class Peers implements AsyncDisposable {
  readonly #child = new Child(new URL('./fan-out-peers.ts', import.meta.url));

  open(open: OpenOrder): Promise<Counts> {
    return this.#ask({ open });
  }

  count(group: string): Promise<Counts> {
    return this.#ask({ ask: group });
  }

  /** Resolves when so many messages were counted in all, or none came for two seconds. */
  wait(group: string, messages: number): Promise<Counts> {
    return this.#ask({ wait: { group, messages } });
  }

  pause(group: string, count: number): Promise<Counts> {
    return this.#ask({ pause: { group, count } });
  }

  resume(group: string): Promise<Counts> {
    return this.#ask({ resume: group });
  }

  async times(group: string): Promise<readonly (readonly number[])[]> {
    return (await this.#ask<{ times: number[][] }>({ times: group })).times;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#child[Symbol.asyncDispose]();
  }

  #ask<Answer = Counts>(order: PeersOrder): Promise<Answer> {
    return this.#child.ask<Answer>(order);
  }
}
