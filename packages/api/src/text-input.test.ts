import { expect, test } from 'vitest';
import { emailInput, lineOfText, newPasswordInput } from './text-input.ts';

const title = lineOfText(20);

test('a line is trimmed and bounded', () => {
  expect(title.parse('  Sprint 12 ')).toBe('Sprint 12');
  expect(title.safeParse('   ').success).toBe(false);
  expect(title.safeParse('x'.repeat(21)).success).toBe(false);
  expect(title.parse('🙂 señor')).toBe('🙂 señor');
});

test.each(['a\u0000b', 'a\nb', 'a\u202eb', 'a\ud800b'])('%j is refused', (text) => {
  expect(title.safeParse(text).success).toBe(false);
});

test('an address and a password are checked', () => {
  expect(emailInput.parse(' Ada@Example.org ')).toBe('Ada@Example.org');
  expect(emailInput.safeParse('ada').success).toBe(false);
  expect(newPasswordInput.safeParse('1234567').success).toBe(false);
  expect(newPasswordInput.safeParse('12345678').success).toBe(true);
});
