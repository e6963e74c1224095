import { expect, test } from 'vitest';
import { type Section, withSections } from './figures-page.ts';

const order = ['first', 'second', 'third'];
const at = (workload: string, database: Section['database'], text: string): Section => ({ workload, database, text });
const empty = '# Figures\n\nHow to read them.\n\n<!-- figures -->\n';

test('a run replaces its own sections and leaves the others to the letter', () => {
  const page = withSections(empty, [at('second', 'embedded', 'before'), at('first', 'postgresql', 'kept')], order);
  const next = withSections(page, [at('second', 'embedded', 'after')], order);
  expect(next).toBe(page.replace('before', 'after'));
});

test('sections stand in the order of the table, by database, below the head', () => {
  const sections = [at('third', 'embedded', 'c'), at('first', 'embedded', 'a'), at('second', 'postgresql', 'b')];
  const page = withSections(empty, sections, order);
  expect(page.startsWith(empty)).toBe(true);
  expect(page.match(/^#+ .*$/gm)).toEqual([
    '# Figures',
    '## Embedded database, in a folder',
    '### first',
    '### third',
    '## PostgreSQL',
    '### second',
  ]);
});

test('a workload that is gone takes its figures with it', () => {
  const page = withSections(empty, [at('first', 'embedded', 'a'), at('gone', 'embedded', 'b')], [...order, 'gone']);
  expect(withSections(page, [], order)).toBe(withSections(empty, [at('first', 'embedded', 'a')], order));
});
