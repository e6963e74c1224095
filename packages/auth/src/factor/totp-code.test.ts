import { expect, test } from 'vitest';
import { fromBase32 } from '../testing/factor-stage.ts';
import { codeAt, matchingStep, stepAt, secretIn, totpUri } from './totp-code.ts';

/** RFC 6238, appendix B: SHA-1; the last six of its eight digits. */
const key = Buffer.from('12345678901234567890');
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

test.each(vectors)('A67 at second %i the code is %s, as RFC 6238 says', (second, code) => {
  expect(codeAt(key, stepAt(second * 1_000))).toBe(code);
  expect(matchingStep(key, code, second * 1_000)).toBe(Math.floor(second / 30));
});

test('A67 a clock may be off by one step to either side, and no more', () => {
  const now = 1_234_567_890_000;
  const steps = [-2, -1, 0, 1, 2].map((off) => matchingStep(key, codeAt(key, stepAt(now) + off), now));
  expect(steps.map((step) => step && step - stepAt(now))).toEqual([null, -1, 0, 1, null]);
});

test('A67 what is no code matches nothing', () => {
  expect(['', '28708', '2870821', '28708２', 'abcdef'].map((code) => matchingStep(key, code, 59_000))).toEqual(
    Array.from({ length: 5 }, () => null),
  );
});

test('A67 the secret that is typed is the one that is scanned', () => {
  const text = totpUri(key, 'ada+test@example.org');
  expect(fromBase32(secretIn(text))).toEqual(key);
  const uri = new URL(text);
  expect(uri.searchParams.get('issuer')).toBe('Atrium');
  expect(decodeURIComponent(uri.pathname)).toContain('Atrium:ada+test@example.org');
});
