import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each(['/rooms/abc', '/rooms?archived=true', '/invite#token', '/', '/a//b', '/rooms/x?next=https://evil.example'])(
  'A85 follows a path on this origin: %s',
  (path) => {
    expect(returnPath(path, '/rooms')).toBe(path);
  },
);

test.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\\/evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https://evil.example',
  'https:/evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'rooms',
  '@evil.example',
  '',
  `/${'x'.repeat(3_000)}`,
  undefined,
  null,
])('A85 goes to the fallback instead of %j', (value) => {
  expect(returnPath(value, '/elsewhere')).toBe('/elsewhere');
});
