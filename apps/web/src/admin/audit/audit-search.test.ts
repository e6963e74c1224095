import { expect, test } from 'vitest';
import { actionGroups, actionsIn } from './action-groups.ts';
import { type AuditFilter, daysProblem, searchFor } from './audit-search.ts';

const everything: AuditFilter = { group: 'all', result: 'any', person: null, room: null, from: '', to: '' };

test('everything asks for nothing in particular', () => {
  expect(searchFor(everything)).toEqual({
    actions: [],
    result: null,
    person: null,
    room: null,
    from: null,
    to: null,
  });
});

test('every group but the whole has actions', () => {
  for (const { value } of actionGroups) expect(actionsIn(value).length > 0).toBe(value !== 'all');
  expect(actionsIn('denial')).toEqual(['denied']);
});

test('days are those of whoever reads, the last one with all its hours', () => {
  const { from, to } = searchFor({ ...everything, from: '2026-11-25', to: '2026-11-30' });
  expect(from).toBe(new Date(2026, 10, 25).toISOString());
  expect(to).toBe(new Date(2026, 11, 1).toISOString());
});

test.each(['0002-11-25', '2026-13', 'x'])('a day that is half typed (%s) is none or a valid one', (from) => {
  const asked = searchFor({ ...everything, from }).from;
  expect(asked === null || !Number.isNaN(Date.parse(asked))).toBe(true);
});

test('an end before the beginning is told', () => {
  expect(daysProblem({ from: '2026-11-25', to: '2026-11-24' })).toBeDefined();
  expect(daysProblem({ from: '2026-11-25', to: '2026-11-25' })).toBeUndefined();
  expect(daysProblem({ from: '2026-11-25', to: '' })).toBeUndefined();
});
