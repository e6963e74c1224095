import { expect, test } from 'vitest';
import { sizeWords, today } from './save-file.ts';

test('a size is never nothing, and large ones are in megabytes', () => {
  expect(sizeWords(12)).toBe('1 kB');
  expect(sizeWords(45_400)).toBe('45 kB');
  expect(sizeWords(3_440_000)).toBe('3.4 MB');
});

test('the day is written so that files sort by it', () => {
  expect(today()).toMatch(/^\d{4}-\d\d-\d\d$/u);
});
