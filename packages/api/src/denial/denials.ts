import { type AuditEntry, networkOf } from '@atrium/auth';
import type { Reason } from '../reason.ts';

/** A call that was refused. */
export interface Denial {
  /** Null for whoever is not signed in. */
  readonly actorId: string | null;
  readonly device: AuditEntry['device'];
  /** "rooms.rename"; "upgrade" for a socket that did not open. */
  readonly procedure: string;
  readonly reason: Reason;
  readonly roomId?: string | undefined;
  /** How many were refused together. Default: one. */
  readonly count?: number;
}

export interface DenialsOptions {
  readonly record: (entry: AuditEntry) => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Milliseconds within which repetitions are counted instead of written. */
  readonly window?: number;
  readonly mostOpen?: number;
}

interface Repeated {
  readonly denial: Denial;
  count: number;
}

/**
 * Every denial in the audit log, and no flood of rows: the first one of a caller, a procedure and a reason is written
 * at once, those that follow within a minute are one row more with their number. A caller who is nobody is a network.
 */
export class Denials {
  readonly #opts: Required<DenialsOptions>;
  readonly #open = new Map<string, Repeated>();
  readonly #writing = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #total = 0;

  constructor(opts: DenialsOptions) {
    this.#opts = { window: 60_000, mostOpen: 1_000, ...opts };
  }

  /** Since the process began. */
  get total(): number {
    return this.#total;
  }

  note(denial: Denial): void {
    const { count = 1 } = denial;
    this.#total += count;
    const key = keyOf(denial);
    const known = this.#open.get(key);
    if (known) {
      known.count += count;
      return;
    }
    // Whoever comes from ever new networks fills neither the memory nor the table: they share a row.
    if (this.#open.size >= this.#opts.mostOpen && denial.procedure !== '*') return this.#crowd(denial.reason, count);
    this.#open.set(key, { denial, count: 0 });
    this.#write(denial, count);
    this.#timer ??= setTimeout(() => this.#flush(), this.#opts.window).unref();
  }

  /** Resolves when everything that was noted is on disk. */
  async drain(): Promise<void> {
    this.#flush();
    await Promise.all(this.#writing);
  }

  #crowd(reason: Reason, count: number): void {
    this.#total -= count;
    this.note({ actorId: null, device: unknownDevice, procedure: '*', reason, count });
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (const { denial, count } of this.#open.values()) if (count > 0) this.#write(denial, count);
    this.#open.clear();
  }

  #write({ actorId, device, procedure, reason, roomId }: Denial, count: number): void {
    const detail = { procedure, reason, ...(roomId !== undefined && { room: roomId }), ...(count > 1 && { count }) };
    const written = this.#opts
      .record({ action: 'denied', result: 'refused', userId: null, actorId, device, detail })
      .catch(this.#opts.onError)
      .finally(() => this.#writing.delete(written));
    this.#writing.add(written);
  }
}

const unknownDevice = { userAgent: undefined, address: '' };

function keyOf({ actorId, device, procedure, reason }: Denial): string {
  return `${device.actor?.userId ?? actorId ?? networkOf(device.address)} ${procedure} ${reason}`;
}
