/** How long what comes at once is gathered, milliseconds. */
const interval = 300;

/** Tells once, with a count, what comes many times in a moment. */
export class Gathered {
  private readonly tell: (count: number, sentence: string) => void;
  private readonly counts = new Map<string, number>();

  constructor(tell: (count: number, sentence: string) => void) {
    this.tell = tell;
  }

  add(sentence: string): void {
    if (this.counts.size === 0) setTimeout(() => this.flush(), interval);
    this.counts.set(sentence, (this.counts.get(sentence) ?? 0) + 1);
  }

  private flush(): void {
    const counts = [...this.counts];
    this.counts.clear();
    for (const [sentence, count] of counts) this.tell(count, sentence);
  }
}
