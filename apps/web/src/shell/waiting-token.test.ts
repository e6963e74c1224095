import { expect, test } from 'vitest';
import { waitingToken } from './waiting-token.ts';

function memoryStorage(): Storage {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    clear: () => map.clear(),
    getItem: (key) => map.get(key) ?? null,
    key: (index) => [...map.keys()][index] ?? null,
    removeItem: (key) => void map.delete(key),
    setItem: (key, value) => void map.set(key, value),
  };
}

test('a page that is loaded again or returned to, without the fragment, still knows its token', () => {
  const storage = memoryStorage();
  expect(waitingToken('confirm', storage).take('#abc')).toBe('abc');
  expect(waitingToken('confirm', storage).take('')).toBe('abc');
});

test('a token is for its own page only', () => {
  const storage = memoryStorage();
  waitingToken('confirm', storage).take('#abc');
  expect(waitingToken('reset', storage).take('')).toBeNull();
  waitingToken('reset', storage).forget();
  expect(waitingToken('confirm', storage).take('')).toBe('abc');
});

test('a new link replaces the one that waits', () => {
  const token = waitingToken('confirm', memoryStorage());
  token.take('#abc');
  expect(token.take('#def')).toBe('def');
  expect(token.take('')).toBe('def');
});

test('a used token is forgotten', () => {
  const token = waitingToken('confirm', memoryStorage());
  token.take('#abc');
  token.forget();
  expect(token.take('')).toBeNull();
});
