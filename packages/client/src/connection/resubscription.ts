import { delayBefore } from './backoff.ts';

/**
 * A subscription that is opened again and again: at once, or after pauses that grow until it has worked. `open` closes
 * the one before; whatever that one still says is for nobody, which `isCurrent` tells.
 */
export class Resubscription {
  private readonly subscribe: (isCurrent: () => boolean) => () => void;
  private unsubscribe: () => void = () => {};
  private id = 0;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private failureCount = 0;

  /** `subscribe` opens it; the function that it answers closes it. */
  constructor(subscribe: (isCurrent: () => boolean) => () => void) {
    this.subscribe = subscribe;
  }

  /** In a row, since it has worked. */
  get failures(): number {
    return this.failureCount;
  }

  open(): void {
    this.close();
    const { id } = this;
    this.unsubscribe = this.subscribe(() => this.id === id);
  }

  /** Opens it after a pause, of at least `atLeast` milliseconds. */
  openLater(atLeast = 0): void {
    this.close();
    this.failed();
    this.retry = setTimeout(() => this.open(), Math.max(atLeast, delayBefore(this.failureCount, Math.random())));
  }

  failed(): void {
    this.failureCount += 1;
  }

  worked(): void {
    this.failureCount = 0;
  }

  /** There is none then, and none to come. */
  close(): void {
    this.id += 1;
    this.unsubscribe();
    this.unsubscribe = () => {};
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
  }
}
