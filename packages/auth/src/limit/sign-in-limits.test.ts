import { expect, test } from 'vitest';
import { createSignInLimits, TooManyAttempts } from './sign-in-limits.ts';

test('A24 the eleventh attempt on one account from one network is refused', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 10; n++) await limits.attempt('ada@example.org', `2001:db8::${n}`);
  await expect(limits.attempt('ada@example.org', '2001:db8::77')).rejects.toThrow(TooManyAttempts);
  await limits.attempt('bob@example.org', '2001:db8::77');
});

test('A24 who guesses from elsewhere does not lock out the owner', async () => {
  const limits = createSignInLimits();
  const guesses = Array.from({ length: 30 }, () => limits.attempt('ada@example.org', '198.51.100.1'));
  await Promise.allSettled(guesses);
  await expect(limits.attempt('ada@example.org', '203.0.113.1')).resolves.toBeUndefined();
});

test('A24 guessing from many networks at once is slowed down all the same', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 200; n++) await limits.attempt('ada@example.org', `203.0.113.${n}`);
  await expect(limits.attempt('ada@example.org', '198.51.100.1')).rejects.toThrow(TooManyAttempts);
});

test('A24 a right password forgives', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 10; n++) await limits.attempt('ada@example.org', '203.0.113.1');
  await limits.forgive('ada@example.org', '203.0.113.1');
  await expect(limits.attempt('ada@example.org', '203.0.113.1')).resolves.toBeUndefined();
});

test('A26 one address cannot try a hundred accounts', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 100; n++) await limits.attempt(`user${n}@example.org`, '203.0.113.1');
  await expect(limits.attempt('one-more@example.org', '203.0.113.1')).rejects.toThrow(TooManyAttempts);
  await limits.attempt('one-more@example.org', '127.0.0.1');
});

test('A26 new accounts from one address are bounded, and the sentence says when to come back', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 60; n++) await limits.arrival('203.0.113.1');
  await expect(limits.arrival('203.0.113.1')).rejects.toThrow(/Try again in \d+ minutes/);
});
