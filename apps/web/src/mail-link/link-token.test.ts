import { expect, test } from 'vitest';
import { forgetLinkToken, takeLinkToken } from './link-token.ts';

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

test('a page that is loaded again, without the fragment, still knows its token', () => {
  const storage = memoryStorage();
  expect(takeLinkToken({ page: '/confirm', fragment: '#abc', storage })).toBe('abc');
  expect(takeLinkToken({ page: '/confirm', fragment: '', storage })).toBe('abc');
});

test('a token is for its own page only', () => {
  const storage = memoryStorage();
  takeLinkToken({ page: '/confirm', fragment: '#abc', storage });
  expect(takeLinkToken({ page: '/reset-password', fragment: '', storage })).toBeNull();
});

test('a new link replaces the old one, and a used one is forgotten', () => {
  const storage = memoryStorage();
  takeLinkToken({ page: '/confirm', fragment: '#abc', storage });
  expect(takeLinkToken({ page: '/confirm', fragment: '#def', storage })).toBe('def');
  forgetLinkToken('/confirm', storage);
  expect(takeLinkToken({ page: '/confirm', fragment: '', storage })).toBeNull();
});
