import { expect, test } from 'vitest';
import { createSignInLimits } from './sign-in-limits.ts';
import { TooManyAttempts } from './consume.ts';

const stranger = (account: string, address: string) => ({ account, address, known: null });
const knownBrowser = (id: string) => ({
  account: 'ada@example.org',
  address: '203.0.113.1',
  known: { userId: 'ada', id },
});

test('A24 the eleventh attempt on one account from one network is refused', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 10; n++) await limits.attempt(stranger('ada@example.org', `2001:db8::${n}`));
  await expect(limits.attempt(stranger('ada@example.org', '2001:db8::77'))).rejects.toThrow(TooManyAttempts);
  await limits.attempt(stranger('bob@example.org', '2001:db8::77'));
});

test('A24 who guesses from elsewhere does not lock out the owner', async () => {
  const limits = createSignInLimits();
  const guesses = Array.from({ length: 30 }, () => limits.attempt(stranger('ada@example.org', '198.51.100.1')));
  await Promise.allSettled(guesses);
  await expect(limits.attempt(stranger('ada@example.org', '203.0.113.1'))).resolves.toBeUndefined();
});

test('A24 guessing from many networks at once is slowed down all the same', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 200; n++) await limits.attempt(stranger('ada@example.org', `203.0.113.${n}`));
  await expect(limits.attempt(stranger('ada@example.org', '198.51.100.1'))).rejects.toThrow(TooManyAttempts);
});

test('A24 a right password forgives', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 10; n++) await limits.attempt(stranger('ada@example.org', '203.0.113.1'));
  await limits.forgive(stranger('ada@example.org', '203.0.113.1'));
  await expect(limits.attempt(stranger('ada@example.org', '203.0.113.1'))).resolves.toBeUndefined();
});

test('A26 one address cannot try a hundred accounts', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 100; n++) await limits.attempt(stranger(`user${n}@example.org`, '203.0.113.1'));
  await expect(limits.attempt(stranger('one-more@example.org', '203.0.113.1'))).rejects.toThrow(TooManyAttempts);
  await limits.attempt(stranger('one-more@example.org', '127.0.0.1'));
});

test('A26 new accounts from one address are bounded, and the sentence says when to come back', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 60; n++) await limits.arrival('203.0.113.1');
  await expect(limits.arrival('203.0.113.1')).rejects.toThrow(/Try again in \d+ minutes/);
});

test('A107 guesses from elsewhere, and from the same network, do not lock out a known browser', async () => {
  const limits = createSignInLimits();
  const guesses = Array.from({ length: 260 }, (_, n) => limits.attempt(stranger('ada@example.org', `203.0.113.${n}`)));
  await Promise.allSettled(guesses);
  for (let n = 0; n < 120; n++) await limits.attempt(stranger(`user${n}@example.org`, '203.0.113.1')).catch(() => {});
  await expect(limits.attempt(stranger('ada@example.org', '203.0.113.1'))).rejects.toThrow(TooManyAttempts);
  await expect(limits.attempt(knownBrowser('laptop'))).resolves.toBeUndefined();
});

test('A107 a stolen device cookie has ten guesses, and locks nobody but itself', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 10; n++) await limits.attempt(knownBrowser('stolen'));
  await expect(limits.attempt(knownBrowser('stolen'))).rejects.toThrow(TooManyAttempts);
  await limits.attempt(knownBrowser('laptop'));
  await limits.attempt(stranger('ada@example.org', '198.51.100.1'));
});

test('A107 a right password forgives a known browser, up to what one account may cost', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 60; n++) {
    await limits.attempt(knownBrowser('laptop'));
    await limits.forgive(knownBrowser('laptop'));
  }
  await expect(limits.attempt(knownBrowser('laptop'))).rejects.toThrow(TooManyAttempts);
});

test('A107 what known browsers do counts for their network', async () => {
  const limits = createSignInLimits();
  for (let n = 0; n < 10; n++)
    for (let id = 0; id < 10; id++)
      await limits.attempt({ ...knownBrowser(`${n} ${id}`), known: { userId: `user${n}`, id: `${n} ${id}` } });
  await expect(limits.attempt(stranger('bob@example.org', '203.0.113.1'))).rejects.toThrow(TooManyAttempts);
});
