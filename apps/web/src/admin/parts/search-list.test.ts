import { expect, test } from 'vitest';
import { foundWords } from './search-list.tsx';

const nouns = ['person', 'people'] as const;

test.each([
  [0, false, 'No people found'],
  [1, false, '1 person'],
  [2, false, '2 people'],
  [50, true, 'The newest 50 people'],
] as const)('%i found (more: %s) reads well', (count, hasMore, words) => {
  expect(foundWords(count, hasMore, nouns)).toBe(words);
});
