import { expect, test } from 'vitest';
import { compareMatrices, type MatrixRow, readMatrix, writeMatrix } from './matrix-table.ts';

const row = (procedure: string, ...cells: string[]): MatrixRow => ({ procedure, policy: 'user', cells });
const matrix = (actors: string[], ...rows: MatrixRow[]) => readMatrix(writeMatrix(actors, rows));

test('what was written is read again', () => {
  const { actors, rows } = matrix(['guest', 'owner'], row('rooms.get', 'NOT_FOUND', 'ok'));
  expect(actors).toEqual(['guest', 'owner']);
  expect([...rows.values()]).toEqual([row('rooms.get', 'NOT_FOUND', 'ok')]);
});

test('a check that was removed is one line, and what is the same is none', () => {
  const before = matrix(['guest', 'owner'], row('rooms.get', 'NOT_FOUND', 'ok'), row('rooms.list', 'ok', 'ok'));
  const after = matrix(['guest', 'owner'], row('rooms.get', 'ok', 'ok'), row('rooms.list', 'ok', 'ok'));
  expect(compareMatrices(before, before)).toBe('');
  expect(compareMatrices(before, after)).toBe(
    ['procedure  actor  was        is', 'rooms.get  guest  NOT_FOUND  ok'].join('\n'),
  );
});

test('a procedure without a row, a row without a procedure and another policy are told', () => {
  const before = matrix(['guest'], row('old', 'ok'), { ...row('kept', 'ok'), policy: 'user, sudo' });
  const told = compareMatrices(before, matrix(['guest'], row('new', 'ok'), row('kept', 'ok')));
  expect(told.split('\n').slice(1)).toEqual([
    'old        the row     there       –',
    'kept       the policy  user, sudo  user',
    'new        the row     –           user',
  ]);
});
