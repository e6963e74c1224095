import { expect, test } from 'vitest';
import { gatherCsv } from './gather-csv.ts';

test('pages are read until there is none, each from where the last one ended', async () => {
  const pages = new Map([
    [undefined, { csv: 'id\r\n9\r\n', next: '9' }],
    ['9', { csv: '8\r\n', next: '8' }],
    ['8', { csv: '7\r\n', next: null }],
  ]);
  const counts: number[] = [];
  const parts = await gatherCsv(
    async (before) => pages.get(before) ?? Promise.reject(new Error(`asked for ${before}`)),
    (count) => counts.push(count),
  );
  expect(parts.join('')).toBe('id\r\n9\r\n8\r\n7\r\n');
  expect(counts).toEqual([1, 2, 3]);
});

test('a page that does not come ends it: half a log is not handed out as the whole one', async () => {
  const read = async (before: string | undefined) => {
    if (before !== undefined) throw new Error('no line');
    return { csv: 'id\r\n', next: '9' };
  };
  await expect(gatherCsv(read, () => {})).rejects.toThrow('no line');
});
