import { expect, test } from 'vitest';
import { readDeviceCookie, readSessionToken } from './cookie.ts';
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

test('A107 on https only the __Host- device cookie counts', () => {
  expect(readDeviceCookie('x=1; atrium_device=abc', false)).toBe('abc');
  expect(readDeviceCookie('atrium_device=abc', true)).toBeNull();
  expect(readDeviceCookie('__Host-atrium_device=abc', true)).toBe('abc');
  expect(readDeviceCookie(undefined, false)).toBeNull();
  expect(readDeviceCookie('atrium_device=', false)).toBeNull();
});
