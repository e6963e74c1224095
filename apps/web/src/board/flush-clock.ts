/** Runs a task at once and then at most once per interval, the last request never lost: leading and trailing. */
export class FlushClock {
  private readonly task: () => void;
  private readonly intervalMs: () => number;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private isRequested = false;

  /** @param intervalMs asked after each run, milliseconds. */
  constructor(task: () => void, intervalMs: () => number) {
    this.task = task;
    this.intervalMs = intervalMs;
  }

  request(): void {
    this.isRequested = true;
    if (!this.timer) this.run();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.isRequested = false;
  }

  private run(): void {
    this.timer = null;
    if (!this.isRequested) return;
    this.isRequested = false;
    this.task();
    this.timer = setTimeout(() => this.run(), this.intervalMs());
  }
}
