import { expect, test } from 'vitest';
import { titleProblem } from './room-title.ts';
import { whoIsHere } from './who-is-here.ts';

test('few people are named, many are counted', () => {
  expect(whoIsHere([])).toBe('Nobody is here');
  expect(whoIsHere([{ name: 'Mira Okafor' }])).toBe('Mira is here');
  expect(whoIsHere([{ name: 'Mira' }, { name: 'Tomás Reyes' }])).toBe('Mira and Tomás are here');
  expect(whoIsHere([{ name: 'A' }, { name: 'B' }, { name: 'C' }])).toBe('3 here now');
});

test('a room needs a name, and not too long a one', () => {
  expect(titleProblem(' Launch ')).toBeUndefined();
  expect(titleProblem('   ')).toBeDefined();
  expect(titleProblem('x'.repeat(121))).toBeDefined();
});
