import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each(['/rooms/abc', '/rooms?archived=true', '/invite#token', '/', '/a//b', '/rooms/x?next=https://evil.example'])(
  'follows a path on this origin: %s',
  (path) => {
    expect(returnPath(path)).toBe(path);
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
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'rooms',
  '@evil.example',
  '',
  `/${'x'.repeat(3_000)}`,
  undefined,
  null,
  42,
  { toString: () => '/rooms' },
])('goes to the fallback instead of %j', (value) => {
  expect(returnPath(value)).toBe('/rooms');
  expect(returnPath(value, '/elsewhere')).toBe('/elsewhere');
});

test('what it returns always resolves to this origin', () => {
  for (const value of ['/%2F/evil.example', '/%5Cevil.example', '/a\u2028b', '/?//evil.example', '/#//evil.example']) {
    expect(new URL(returnPath(value), 'https://atrium.example').origin).toBe('https://atrium.example');
  }
});
