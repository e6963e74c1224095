import { DrizzleQueryError } from 'drizzle-orm/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DatabaseUnavailable, QueryFailed, toDatabaseError, withoutParameters } from './errors.ts';

const driverError = (code: string, message = 'value "hunter2"'): Error => Object.assign(new Error(message), { code });

test.each(['08006', '53100', '53300', '57P01', '57P03', '58030', '25P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])(
  '%s means that the database is not available',
  (code) => {
    expect(toDatabaseError(driverError(code))).toBeInstanceOf(DatabaseUnavailable);
  },
);

test('so does a connection that ended in the middle', () => {
  expect(toDatabaseError(new Error('Connection terminated unexpectedly'))).toBeInstanceOf(DatabaseUnavailable);
});

test('a full disk is called by its name', () => {
  expect(toDatabaseError(driverError('53100')).message).toMatch(/disk .* full/);
});

test.each(['23505', '22P02', '42501', '40001'])('%s is a refused query, without what the driver said', (code) => {
  const error = toDatabaseError(driverError(code));
  expect(error).toBeInstanceOf(QueryFailed);
  expect(error).toMatchObject({ code });
  expect(error.message).not.toContain('hunter2');
  expect(error.cause).toBeUndefined();
});

test("Drizzle's wrapper goes, other errors stay", () => {
  const wrapped = new DrizzleQueryError('select $1', ['hunter2'], driverError('23505'));
  expect(withoutParameters(wrapped)).toMatchObject({ name: 'QueryFailed', code: '23505' });
  const own = new Error('own');
  expect(withoutParameters(own)).toBe(own);
});

test('nothing that a driver says reaches the message', () => {
  const value = fc.string({ minLength: 12, unit: 'grapheme' });
  const code = fc.constantFrom('23505', '22P02', '53100', 'ECONNRESET', undefined);
  fc.assert(
    fc.property(value, code, (said, state) => {
      const error = toDatabaseError(Object.assign(new Error(said), { code: state, detail: said }));
      return !`${error.message} ${JSON.stringify(error)} ${error.stack?.split('\n')[0]}`.includes(said);
    }),
  );
});
