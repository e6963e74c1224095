import { expect, test } from 'vitest';
import { emailProblem, nameProblem, newPasswordProblem, passwordProblem } from './credentials.ts';

test.each(['mira@example.org', ' mira@example.org ', 'a+b@sub.example.co'])('%j can be an address', (email) => {
  expect(emailProblem(email)).toBeUndefined();
});

test.each(['', '  ', 'mira', 'mira@', '@example.org', 'mira@example', 'a b@example.org', 'a@b@example.org'])(
  '%j cannot be an address',
  (email) => {
    expect(emailProblem(email)).toMatch(/^Enter/u);
  },
);

test('a new password says how much is missing', () => {
  expect(newPasswordProblem('')).toBe('Choose a password.');
  expect(newPasswordProblem('123456')).toBe('2 more characters, please.');
  expect(newPasswordProblem('1234567')).toBe('1 more character, please.');
  expect(newPasswordProblem('12345678')).toBeUndefined();
});

test('an emoji counts as one character of a password', () => {
  expect(newPasswordProblem('🙂'.repeat(7))).toBe('1 more character, please.');
});

test('a password of an existing account is not measured', () => {
  expect(passwordProblem('x')).toBeUndefined();
  expect(passwordProblem('')).toBe('Enter your password.');
});

test('a name is some text, and not too much', () => {
  expect(nameProblem('Mira')).toBeUndefined();
  expect(nameProblem('  ')).toBeDefined();
  expect(nameProblem('x'.repeat(81))).toBeDefined();
});
