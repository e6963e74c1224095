import { expect, test } from 'vitest';
import { limitRate, limitTitle, refusedWords, spanWords } from './limit-words.ts';

test.each([
  [1, 'a second'],
  [45, '45 seconds'],
  [60, 'a minute'],
  [900, '15 minutes'],
  [3_600, 'an hour'],
  [5_400, '90 minutes'],
  [86_400, 'a day'],
  [259_200, '3 days'],
])('%i seconds are %s', (seconds, words) => {
  expect(spanWords(seconds)).toBe(words);
});

test('a network is counted in attempts, not in points', () => {
  expect(limitRate({ name: 'sign-in.network', most: 10_000, per: 900 })).toBe('100 in 15 minutes');
  expect(limitRate({ name: 'mail.address-and-network', most: 5, per: 900 })).toBe('5 in 15 minutes');
  expect(limitTitle({ words: 'Attempts to sign in from one network; a hundred points each' })).toBe(
    'Attempts to sign in from one network',
  );
});

test('once is once', () => {
  expect([0, 1, 1_200].map(refusedWords)).toEqual(['Has refused nobody', 'Refused once', 'Refused 1,200 times']);
});
