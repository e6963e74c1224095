import { Cell, type Observable } from '../observable.ts';
import type { KeptCommand, OutboxPlace, OutboxStore } from './outbox-store.ts';

/**
 * What one numbering has written into the outbox. Writing runs beside sending: a command that reached the server and not
 * the disk is nobody's loss, and one that is on the disk has the number that it was sent with.
 *
 * Invariant: nothing is kept under a name that is not claimed, so no other page takes over what this one is sending.
 */
export class OutboxBook {
  private readonly store: OutboxStore;
  private place: OutboxPlace;
  private readonly keptCell = new Cell(0);
  private readonly frees: (() => void)[] = [];
  /** What was asked of the device last; each waits for the one before. */
  private last: Promise<void>;
  private isClosed = false;

  /** `free` gives up the claim on `place`; without it the book makes one. */
  constructor(store: OutboxStore, opts: { readonly place: OutboxPlace; readonly free?: () => void }) {
    this.store = store;
    this.place = opts.place;
    if (opts.free) this.frees.push(opts.free);
    this.last = opts.free ? Promise.resolve() : this.claim(opts.place.clientId);
  }

  /** The last number that is on this device; less than what was added when the device refuses. */
  get keptSeq(): Observable<number> {
    return this.keptCell;
  }

  add(commands: readonly KeptCommand[]): void {
    const { place } = this;
    const last = commands.at(-1)?.seq;
    if (this.isClosed || last === undefined) return;
    void this.write(async () => {
      await this.store.add(place, commands);
      if (place === this.place) this.keptCell.set(Math.max(this.keptCell.get(), last));
    });
  }

  /** Everything up to `seq` is over. */
  remove(seq: number): void {
    const { place } = this;
    if (!this.isClosed) void this.write(() => this.store.remove(place, seq));
  }

  /** Resolves once the device has it: nothing may be sent under the new numbers before, or it could be sent twice. */
  async move(clientId: string, commands: readonly KeptCommand[]): Promise<void> {
    const from = this.place;
    const to = { ...from, clientId };
    this.place = to;
    this.keptCell.set(0);
    await this.write(async () => {
      await this.claim(clientId);
      await this.store.move(from, to, commands);
      this.keptCell.set(Math.max(this.keptCell.get(), commands.at(-1)?.seq ?? 0));
    });
  }

  /** Writes nothing more, and lets go of the numbering once everything is written. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.last;
    for (const free of this.frees) free();
  }

  private async claim(clientId: string): Promise<void> {
    const free = await this.store.claim(clientId).catch(() => null);
    if (free) this.frees.push(free);
  }

  /** A device that keeps nothing must not stop what can still be sent; `keptSeq` shows it. */
  private write(change: () => Promise<void>): Promise<void> {
    const written = this.last.then(change).catch(() => undefined);
    this.last = written;
    return written;
  }
}
