import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('commas, quotes and new lines stay inside their cell', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines', 7, true, null])).toBe('"a,b","say ""hi""","two\nlines",7,true,\r\n');
});

test('what a spreadsheet would take for a formula is text', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@x', '\tx', -1])).toBe("'=1+1,'+1,'-1,'@x,'\tx,-1\r\n");
});
