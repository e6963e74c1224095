import { expect, test } from 'vitest';
import { forgetInviteToken, takeInviteToken } from './invite-token.ts';

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

test('the token survives the way through sign-in, where the fragment is gone', () => {
  const storage = memoryStorage();
  expect(takeInviteToken('#abc', storage)).toBe('abc');
  expect(takeInviteToken('', storage)).toBe('abc');
});

test('a new link replaces the one that waits', () => {
  const storage = memoryStorage();
  takeInviteToken('#abc', storage);
  expect(takeInviteToken('#def', storage)).toBe('def');
  expect(takeInviteToken('', storage)).toBe('def');
});

test('a used token is forgotten', () => {
  const storage = memoryStorage();
  takeInviteToken('#abc', storage);
  forgetInviteToken(storage);
  expect(takeInviteToken('', storage)).toBeNull();
});
