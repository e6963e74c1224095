import { expect, test } from 'vitest';
import { budgetRow } from './budget-row.ts';

test('a hundred rounds have a p99 besides their worst', () => {
  const times = Array.from({ length: 100 }, (_, n) => n + 1);
  expect(budgetRow('closed', times, 250)).toEqual({
    what: 'closed',
    value: 'p50 50.0 ms, p99 99.0 ms of 100 rounds (worst 100.0 ms)',
    baseline: 'budget: 250 ms',
    ratio: 99 / 250,
  });
});

test('the p99 of a few rounds is called the worst of them', () => {
  expect(budgetRow('closed', [5, 20, 10], 100).value).toBe('p50 10.0 ms, p99 20.0 ms (the worst of 3 rounds)');
});

test('what came before the revocation was not late', () => {
  const { value, ratio } = budgetRow('last frame', [-12, -3], 250);
  expect([value, ratio]).toEqual(['p50 0.0 ms, p99 0.0 ms (the worst of 2 rounds)', 0]);
});
