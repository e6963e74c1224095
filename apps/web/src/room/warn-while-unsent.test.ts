import { expect, test } from 'vitest';
import { warnWhileUnsent } from './warn-while-unsent.ts';

/** What a room that sends and is answered shows of it. */
function createPending() {
  let value = 0;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (next: number) => {
      value = next;
      for (const listener of listeners) listener();
    },
    listeners,
  };
}

function closing(target: EventTarget): 'asks' | 'closes' {
  return target.dispatchEvent(new Event('beforeunload', { cancelable: true })) ? 'closes' : 'asks';
}

test('the browser asks while something is unsent, and only then', () => {
  const pending = createPending();
  const target = new EventTarget();
  warnWhileUnsent(pending, target);
  expect(closing(target)).toBe('closes');
  pending.set(2);
  pending.set(1);
  expect(closing(target)).toBe('asks');
  pending.set(0);
  expect(closing(target)).toBe('closes');
});

test('after leaving the room it asks until the last of it was sent, and never again', () => {
  const pending = createPending();
  const target = new EventTarget();
  const leave = warnWhileUnsent(pending, target);
  pending.set(1);
  leave();
  expect(closing(target)).toBe('asks');
  pending.set(0);
  expect(closing(target)).toBe('closes');
  expect(pending.listeners.size).toBe(0);
});

test('two open rooms ask for one another', () => {
  const [one, other] = [createPending(), createPending()];
  const target = new EventTarget();
  warnWhileUnsent(one, target);
  warnWhileUnsent(other, target);
  one.set(1);
  other.set(1);
  one.set(0);
  expect(closing(target)).toBe('asks');
});
