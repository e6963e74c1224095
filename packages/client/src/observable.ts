/** A value that can be watched: what `useSyncExternalStore` needs, and nothing else. */
export interface Observable<Value> {
  readonly get: () => Value;
  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** An `Observable` that its owner can change. */
export class Cell<Value> implements Observable<Value> {
  readonly get = (): Value => this.value;
  readonly subscribe = (listener: () => void): (() => void) => {
    // A fresh function each time: the same listener may subscribe twice and leave once.
    const entry = () => listener();
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  };

  private value: Value;
  private readonly listeners = new Set<() => void>();

  constructor(value: Value) {
    this.value = value;
  }

  /** Tells the listeners, unless the value is the same one. */
  set(value: Value): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  }
}
