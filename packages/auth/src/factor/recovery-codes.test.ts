import { expect, test } from 'vitest';
import { hashRecoveryCode, isRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';

test('A70 ten codes, each another, of 59 bits', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([2-9a-hjkmnp-z]{4}-){2}[2-9a-hjkmnp-z]{4}$/);
  expect(12 * Math.log2(31)).toBeGreaterThan(50);
});

test('A70 a code is the same however it is typed', () => {
  const [code = ''] = newRecoveryCodes();
  const typed = [code, code.toUpperCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', ' ')} `];
  expect(new Set(typed.map(hashRecoveryCode)).size).toBe(1);
  expect(typed.every(isRecoveryCode)).toBe(true);
});

test('A70 what an app shows is no recovery code', () => {
  expect(['123456', '', 'abcd-efgh', 'abcd-efgh-ijkl-mnop', 'l0ve-l0ve-l0ve'].some(isRecoveryCode)).toBe(false);
});
