import type { Observable } from '../observable.ts';
import { Cell } from '../observable.ts';
import type { KeptCommand, OutboxPlace, OutboxStore } from './outbox-store.ts';

/**
 * What one numbering has written into the outbox. Writing runs beside sending: a command that reached the server and not
 * the disk is nobody's loss, and one that is on the disk has the number that it was sent with.
 */
export class OutboxBook {
  private readonly store: OutboxStore;
  private place: OutboxPlace;
  private readonly keptCell = new Cell(0);
  private isClosed = false;

  constructor(store: OutboxStore, place: OutboxPlace) {
    this.store = store;
    this.place = place;
  }

  /** The last number that is on this device; less than what was added when the device refuses. */
  get keptSeq(): Observable<number> {
    return this.keptCell;
  }

  add(commands: readonly KeptCommand[]): void {
    const { place } = this;
    const last = commands.at(-1)?.seq;
    if (this.isClosed || last === undefined) return;
    void this.try(async () => {
      await this.store.add(place, commands);
      if (place === this.place) this.keptCell.set(Math.max(this.keptCell.get(), last));
    });
  }

  /** Everything up to `seq` is over. */
  remove(seq: number): void {
    const { place } = this;
    if (!this.isClosed) void this.try(() => this.store.remove(place, seq));
  }

  /** Resolves once the device has it: nothing may be sent under the new numbers before, or it could be sent twice. */
  async move(clientId: string, commands: readonly KeptCommand[]): Promise<void> {
    const from = this.place;
    this.place = { ...from, clientId };
    this.keptCell.set(0);
    await this.try(async () => {
      await this.store.move(from, this.place, commands);
      this.keptCell.set(Math.max(this.keptCell.get(), commands.at(-1)?.seq ?? 0));
    });
  }

  /** Writes nothing any more. */
  close(): void {
    this.isClosed = true;
  }

  /** A device that keeps nothing must not stop what can still be sent; `keptSeq` shows it. */
  private async try(write: () => Promise<void>): Promise<void> {
    await write().catch(() => undefined);
  }
}
