import type { LiveSessions } from '@atrium/auth';
import type { RoomHub } from '@atrium/rooms';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AdminLive } from './wire.ts';

/** So many of the newest calls say how long a commit takes. */
const mostKept = 4_096;
/** Milliseconds: older ones say nothing about now. */
const keptFor = 10_000;

export interface MeterParts {
  readonly live: Pick<LiveSessions, 'census'>;
  readonly hub: Pick<RoomHub, 'openRooms'>;
  readonly denials: { readonly total: number };
}

/** What this process does, for the dashboard. Counting costs a few additions; the rest is done while somebody looks. */
export class Meter {
  readonly #began = performance.now();
  readonly #latencies = new Float64Array(mostKept);
  readonly #moments = new Float64Array(mostKept);
  #calls = 0;
  #commands = 0;
  #revocations = 0;

  /** A call with so many commands was answered after `ms`. */
  sent(commands: number, ms: number): void {
    const at = this.#calls % mostKept;
    this.#latencies[at] = ms;
    this.#moments[at] = performance.now();
    this.#calls += 1;
    this.#commands += commands;
  }

  revoked(): void {
    this.#revocations += 1;
  }

  /** One look a second until `signal` aborts. */
  async *watch({ live, hub, denials }: MeterParts, signal: AbortSignal): AsyncGenerator<AdminLive> {
    const delay = monitorEventLoopDelay({ resolution: 20 });
    delay.enable();
    let before = { at: performance.now(), commands: this.#commands };
    try {
      for (;;) {
        const now = performance.now();
        const seconds = Math.max(0.001, (now - before.at) / 1000);
        const { sockets, streams, people } = live.census();
        const { rss, heapUsed } = process.memoryUsage();
        yield {
          at: new Date().toISOString(),
          uptime: Math.round((now - this.#began) / 1000),
          ...{ sockets, people, subscriptions: streams, rooms: hub.openRooms },
          commandsPerSecond: Math.round((this.#commands - before.commands) / seconds),
          latency: this.#latency(now),
          // The histogram is about how long a beat of 20 ms took.
          lag: Math.max(0, Math.round(delay.max / 1e6) - 20),
          memory: { resident: rss, heap: heapUsed },
          ...{ revocations: this.#revocations, denials: denials.total },
        };
        before = { at: now, commands: this.#commands };
        delay.reset();
        if (!(await second(signal))) return;
      }
    } finally {
      delay.disable();
    }
  }

  #latency(now: number): AdminLive['latency'] {
    const kept = this.#latencies
      .subarray(0, Math.min(this.#calls, mostKept))
      .filter((_, at) => now - (this.#moments[at] ?? 0) < keptFor)
      .toSorted();
    if (kept.length === 0) return null;
    const at = (share: number) => round(kept[Math.min(kept.length - 1, Math.floor(kept.length * share))] ?? 0);
    return { p50: at(0.5), p99: at(0.99) };
  }
}

/** False when it was over before. */
async function second(signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return false;
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(true), 1_000);
    const leave = () => done(false);
    const done = (isOver: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', leave);
      resolve(isOver);
    };
    signal.addEventListener('abort', leave, { once: true });
  });
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}
