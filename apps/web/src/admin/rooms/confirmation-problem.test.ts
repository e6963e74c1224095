import { expect, test } from 'vitest';
import { confirmationProblem } from './confirmation-problem.ts';

test.each(['Launch plan', ' launch  PLAN '])('“%s” is the name', (typed) => {
  expect(confirmationProblem(typed, 'Launch plan')).toBeUndefined();
});

test.each(['', 'Launch', 'Launch plans'])('“%s” is not', (typed) => {
  expect(confirmationProblem(typed, 'Launch plan')).toBe('Type “Launch plan” to go on.');
});
