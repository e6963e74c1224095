import { expect, test } from 'vitest';
import { ownerWords } from './owner-words.ts';

test('owners are named, and three may not be all of them', () => {
  expect(ownerWords([])).toBe('Nobody owns it');
  expect(ownerWords(['Ada'])).toBe('Owned by Ada');
  expect(ownerWords(['Ada', 'Bob'])).toBe('Owned by Ada and Bob');
  expect(ownerWords(['Ada', 'Bob', 'Cleo'])).toBe('Owned by Ada, Bob, and Cleo (perhaps others too)');
});
