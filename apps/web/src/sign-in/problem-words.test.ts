import { expect, test } from 'vitest';
import { problemSentence } from './problem-words.ts';

test('A86 a code becomes a sentence of ours, and nothing of an address is shown', () => {
  expect(problemSentence('address-taken')).toMatch(/Sign in and link it in the settings/);
  expect(problemSentence('Call +1 555 0100')).toBe('The sign-in did not work. Please try again.');
  expect(problemSentence('toString')).toBe('The sign-in did not work. Please try again.');
  expect(problemSentence(undefined)).toBeNull();
});
