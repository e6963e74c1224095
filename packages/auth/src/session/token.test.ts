import { expect, test } from 'vitest';
import { hashToken, newToken } from './token.ts';

test('A1 a token carries 256 bits in a form that fits a cookie', () => {
  const token = newToken();
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(newToken()).not.toBe(token);
});

test('A1 the hash is SHA-256 in hex and does not contain the token', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
