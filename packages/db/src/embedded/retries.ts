const firstDelay = 500; // ms
const longestDelay = 10_000; // ms

/**
 * Does something again and again until it succeeds: first after a moment, then less and less often. What fails again
 * soon after it succeeded goes on with the longer delays, so that a database that dies of its first query is not
 * opened twice a second for ever.
 */
export class Retries {
  readonly #attempt: () => Promise<void>;
  #delay = firstDelay;
  #succeededAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isTrying = false;
  #isStopped = false;

  constructor(attempt: () => Promise<void>) {
    this.#attempt = attempt;
  }

  /** Does nothing while it tries already: no two attempts run at once. */
  start(): void {
    if (this.#isTrying) return;
    this.#isTrying = true;
    if (performance.now() - this.#succeededAt > longestDelay) this.#delay = firstDelay;
    this.#schedule();
  }

  /** No attempt begins afterwards; resolves when the one that is under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#timer = setTimeout(() => void (this.#running = this.#try()), this.#delay);
    this.#delay = Math.min(2 * this.#delay, longestDelay);
  }

  async #try(): Promise<void> {
    try {
      await this.#attempt();
      this.#succeededAt = performance.now();
      this.#isTrying = false;
    } catch {
      this.#schedule();
    }
  }
}
