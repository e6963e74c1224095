/** A value that can be watched: what `useSyncExternalStore` needs, and nothing else. */
export interface Observable<Value> {
  get(): Value;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** An `Observable` that its owner can change. */
export class Cell<Value> implements Observable<Value> {
  private value: Value;
  private readonly listeners = new Set<() => void>();

  constructor(value: Value) {
    this.value = value;
    this.get = this.get.bind(this);
    this.subscribe = this.subscribe.bind(this);
  }

  get(): Value {
    return this.value;
  }

  subscribe(listener: () => void): () => void {
    // A fresh function each time: the same listener may subscribe twice and leave once.
    const entry = () => listener();
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  /** Tells the listeners, unless the value is the same one. */
  set(value: Value): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener();
  }
}
