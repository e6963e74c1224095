import { expect, test } from 'vitest';
import { ruleLine, ruleWords, verdictWords } from './verdict-words.ts';

test('the answer is yes or no, and no has a reason', () => {
  expect(verdictWords({ allowed: true, message: null })).toMatch(/^Yes/u);
  expect(verdictWords({ allowed: false, message: 'Your role does not allow this.' })).toBe(
    'No, because the server would say: “Your role does not allow this.”',
  );
});

test('a rule that was not reached is neither kept nor broken', () => {
  expect([true, false, null].map(ruleWords)).toEqual(['holds', 'does not hold', 'not looked at']);
});

test('a rule is a line, and what is asked of programs alone is told so', () => {
  expect(ruleLine({ name: 'role', words: 'is at least owner' })).toBe('Is at least owner');
  expect(ruleLine({ name: 'permission', words: 'a program has rooms:write' })).toContain('browser');
});
