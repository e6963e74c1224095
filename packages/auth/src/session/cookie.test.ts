import { expect, test } from 'vitest';
import { readSessionToken } from './cookie.ts';
import { newToken } from './token.ts';

test('the token is found among other cookies', () => {
  const token = newToken();
  expect(readSessionToken(`theme=dark; atrium_session=${token}; x=1`, false)).toBe(token);
});

test('A12 on https only the __Host- cookie counts', () => {
  const token = newToken();
  expect(readSessionToken(`atrium_session=${token}`, true)).toBeNull();
  expect(readSessionToken(`__Host-atrium_session=${token}`, true)).toBe(token);
});

test('what cannot be a token is none', () => {
  expect(readSessionToken(undefined, false)).toBeNull();
  expect(readSessionToken('atrium_session=', false)).toBeNull();
  expect(readSessionToken(`atrium_session=${'a'.repeat(5_000)}`, false)).toBeNull();
  expect(readSessionToken('atrium_session=%00%E0%A4%A', false)).toBeNull();
});
