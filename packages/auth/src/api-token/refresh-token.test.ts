import { expect, test } from 'vitest';
import { createSecretBox } from '../seal/secret-box.ts';
import { hashToken } from '../session/token.ts';
import { firstRefreshToken, isRefreshTokenOfOurs, nextRefreshToken, readRefreshToken } from './refresh-token.ts';

const box = createSecretBox(['only for tests, and long enough for them']);
const stranger = createSecretBox(['of another server, and long enough too']);
const id = '01234567-89ab-cdef-0123-456789abcdef';

test('A97 a refresh token names its row, carries 256 bits, and is told from what never was one', () => {
  const token = firstRefreshToken(box, id);
  expect(readRefreshToken(token)).toEqual({ id, hash: hashToken(token) });
  expect(firstRefreshToken(box, id)).not.toBe(token);
  expect(isRefreshTokenOfOurs(box, token)).toBe(true);
  expect(isRefreshTokenOfOurs(stranger, token)).toBe(false);
  expect(isRefreshTokenOfOurs(box, token.replace('0123', '3210'))).toBe(false);
});

test('A98 the next one follows from the one before and the key of the server, and from nothing less', () => {
  const first = firstRefreshToken(box, id);
  const next = nextRefreshToken(box, first);
  expect(nextRefreshToken(box, first)).toBe(next);
  expect(nextRefreshToken(stranger, first)).not.toBe(next);
  expect(readRefreshToken(next)?.id).toBe(id);
  expect(isRefreshTokenOfOurs(box, next)).toBe(true);
  expect(next.split('.')[1]).not.toBe(first.split('.')[2]);
});

test.each([
  '',
  'atrium_rt_',
  `atrium_rt_${'0'.repeat(32)}`,
  'a.b.c',
  `atrium_rt_${'0'.repeat(32)}.x.y`,
  'x'.repeat(100_000),
])('A97 %.60j is no refresh token', (text) => {
  expect(readRefreshToken(text)).toBeNull();
});
