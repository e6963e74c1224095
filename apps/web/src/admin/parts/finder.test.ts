import { expect, test } from 'vitest';
import { resultWords } from './finder.tsx';

test('a search says when it found nothing, and when it shows only a part', () => {
  expect(resultWords([])).toBe('Nothing fits.');
  expect(resultWords(['a', 'b'])).toBe('');
  expect(resultWords(Array.from({ length: 50 }))).toContain('more');
});
