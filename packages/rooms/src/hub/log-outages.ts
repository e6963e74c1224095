import type { HubReport } from './report.ts';

/** A full disk can be read and not written, so that one that answers reads may still be out for writes. */
export type LogUse = 'reading' | 'writing';

/** Which rooms' logs cannot be reached: the operator is told when an outage begins, and not of every attempt in it. */
export class LogOutages {
  readonly #report: (report: HubReport) => void;
  readonly #out = new Map<string, LogUse>();

  constructor(report: (report: HubReport) => void) {
    this.#report = report;
  }

  /** All attempts failed, the last one with `cause`. */
  failed(roomId: string, use: LogUse, cause: unknown): void {
    if (this.#out.has(roomId)) return;
    this.#out.set(roomId, use);
    this.#report({ type: 'log-unavailable', roomId, cause });
  }

  /** Ends an outage that was noticed by the same use; a log that takes a batch is back altogether. */
  worked(roomId: string, use: LogUse): void {
    if (use === 'writing' || this.#out.get(roomId) === 'reading') this.#out.delete(roomId);
  }
}
