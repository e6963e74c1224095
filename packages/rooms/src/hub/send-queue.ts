import type { Waiting } from './decide-batch.ts';
import { SendRefused } from './errors.ts';
import type { HubLimits } from './limits.ts';
import type { SendAnswer } from './room-hub.ts';

/** A request and the promise its sender holds. */
export interface Queued extends Waiting {
  readonly resolve: (answer: SendAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** What waits for one room, in order of arrival and bounded. */
export class SendQueue {
  readonly #limits: HubLimits;
  #waiting: Queued[] = [];
  #commands = 0;
  #bytes = 0;

  constructor(limits: HubLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  get waiting(): readonly Queued[] {
    return this.#waiting;
  }

  /** Throws `SendRefused('too-fast')` when the room cannot keep up. */
  push(queued: Queued): void {
    const { queuedCommands, queuedBytes } = this.#limits;
    const isFull =
      this.#commands + queued.request.commands.length > queuedCommands || this.#bytes + queued.bytes > queuedBytes;
    if (isFull) throw new SendRefused('too-fast', 'This room cannot keep up. Wait a moment and try again.');
    this.#waiting.push(queued);
    this.#count([queued], 1);
  }

  take(count: number): readonly Queued[] {
    const taken = this.#waiting.splice(0, count);
    this.#count(taken, -1);
    return taken;
  }

  /** Back to the front, in the same order, however full it is. */
  putBack(queued: readonly Queued[]): void {
    this.#waiting.unshift(...queued);
    this.#count(queued, 1);
  }

  refuseAll(error: Error): void {
    for (const { reject } of this.take(this.#waiting.length)) reject(error);
  }

  #count(queued: readonly Queued[], sign: 1 | -1): void {
    for (const { request, bytes } of queued) {
      this.#commands += sign * request.commands.length;
      this.#bytes += sign * bytes;
    }
  }
}
