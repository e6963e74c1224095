import { expect, test } from 'vitest';
import { notAppliedWords, withMore } from './not-applied.ts';

const [one, two] = [
  { id: 'a', name: 'Rectangle' },
  { id: 'b', name: 'Drawing' },
];

test('each thing stands there once, however many of its changes were refused', () => {
  const first = withMore([], [one, one]);
  expect(first).toEqual([one]);
  expect(withMore(first, [two, one])).toEqual([one, two]);
  // The same list when nothing is new, so that nothing is drawn again.
  expect(withMore(first, [one])).toBe(first);
});

test('one and many are told apart', () => {
  expect(notAppliedWords(1)).toBe('Your last change was not applied.');
  expect(notAppliedWords(3)).toContain('3 things');
});
