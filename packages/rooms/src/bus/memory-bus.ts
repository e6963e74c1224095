import type { Bus } from './bus.ts';

/** Carries messages inside one process, each in a turn of its own so that a publisher never runs a listener. */
export function createMemoryBus(): Bus {
  const topics = new Map<string, Set<(message: string) => void>>();

  return {
    publish(topic, message) {
      if (!topics.has(topic)) return;
      queueMicrotask(() => {
        for (const listener of topics.get(topic) ?? []) listener(message);
      });
    },
    subscribe(topic, listener) {
      const own = (message: string): void => listener(message);
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(own));
      return () => {
        listeners.delete(own);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
  };
}
