import { expect, test } from 'vitest';
import { bearerToken } from './bearer-token.ts';

test.each([
  ['Bearer abc.def', 'abc.def'],
  ['bearer   abc', 'abc'],
  ['Bearer', ''],
  ['Bearer ', ''],
  ['Basic abc', null],
  ['Bearerabc', null],
  ['', null],
  [undefined, null],
])('A103 the header %j holds %j', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});
