import { expect, test } from 'vitest';
import { proofWords } from './proof-words.ts';

test('the ways of a sign-in in words', () => {
  expect(proofWords(['password'])).toBe('with password');
  expect(proofWords(['password', 'totp'])).toBe('with password and authenticator app');
});

test('a guest has proved nothing, and what a newer server knows is left out', () => {
  expect(proofWords([])).toBeNull();
  expect(proofWords(['iris', 'constructor'])).toBeNull();
  expect(proofWords(['iris', 'passkey'])).toBe('with passkey');
});
