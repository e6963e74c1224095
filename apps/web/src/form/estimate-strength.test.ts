import { expect, test } from 'vitest';
import { estimateStrength } from './estimate-strength.ts';
import { strengthWords } from './strength-words.ts';

test.each(['password', '12345678', 'qwertyuiop', 'aaaaaaaa', 'P@ssw0rd1'])(
  '%s is weak, and the hint says why',
  (weak) => {
    const { score, hint } = estimateStrength(weak, []);
    expect(score).toBeLessThan(3);
    expect(hint).toMatch(/ .+\. Add a word/u);
  },
);

test('some words in a row are good and need no hint', () => {
  expect(estimateStrength('correct horse battery staple', [])).toMatchObject({ score: 4, hint: null });
});

test('what others know about a person makes a password weak', () => {
  const known = ['Mira Lindqvist', 'mira.lindqvist@example.org'];
  expect(estimateStrength('lindqvist', known).score).toBeLessThan(estimateStrength('lindqvist', []).score + 1);
  expect(estimateStrength('Lindqvist', known).hint).toContain('Your name or address');
});

test('a very long password takes no long time', () => {
  const before = performance.now();
  estimateStrength('ab1!'.repeat(2_000), []);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test('a weakness without words of ours still gets advice', () => {
  for (const weakness of [null, 'pwned', '__proto__', 'constructor']) {
    expect(strengthWords(1, weakness).hint).toBe('Add a word or two that have nothing to do with each other.');
  }
});
