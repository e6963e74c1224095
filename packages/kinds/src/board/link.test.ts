import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom, validElement } from '../testing/index.ts';
import { canonicalElement } from './canonical.ts';
import { checkElement } from './check.ts';
import { isSafeLink, safeLink } from './link.ts';

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['https://de.wikipedia.org/wiki/Öl', 'https://de.wikipedia.org/wiki/Öl'],
  ["https://fr.wikipedia.org/wiki/L'Oréal", 'https://fr.wikipedia.org/wiki/L%27Or%C3%A9al'],
  ['https://a.example/?b={1}', 'https://a.example/?b=%7B1%7D'],
  ['https://a.example/?b=a|b', 'https://a.example/?b=a%7Cb'],
  ['https://a.example/#{"x":`^`}', 'https://a.example/#%7B%22x%22:%60%5E%60%7D'],
  ["mailto:o'neill@a.example", 'mailto:o%27neill@a.example'],
  ["https://münchen.example/'", 'https://xn--mnchen-3ya.example/%27'],
])('%s is stored as %s, which opens the same', (link, stored) => {
  expect(safeLink(link)).toBe(stored);
  expect(isSafeLink(stored)).toBe(true);
  expect(new URL(decodeURIComponent(stored)).href).toBe(new URL(decodeURIComponent(link)).href);
});

test.each([
  'javascript:alert(1)',
  "javascript:alert('1')",
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert`1`',
  "\u0001javascript:alert('1')",
  "data:text/html,<script>'1'</script>",
  "vbscript:'x'",
  "file:///etc/'passwd'",
  "blob:https://a.example/'1'",
  "//evil.example/'",
  "/'relative'",
  "https://a b/'",
  ' https://a.example/{}',
  "https://a.example/\n'",
  "https://a.example/\0'",
  `https://a.example/\ud800'`,
  `https://a.example/'${'x'.repeat(2_048)}`,
  `https://a.example/${'{'.repeat(1_000)}`,
  'https://a.example/\u0085',
  'https://a.example/\u0001',
  '',
])('%j stays refused', (link) => {
  expect(safeLink(link)).toBeNull();
});

const part = fc.constantFrom(
  ...['https://', 'http:', 'mailto:', 'javascript:', 'data:', 'a.example', '@', ':', '/', '?', '#', '%', '%7', '%7B'],
  ...[
    '\\',
    '"',
    "'",
    '<',
    '>',
    '^',
    '`',
    '{',
    '|',
    '}',
    '[',
    ']',
    ' ',
    '\n',
    '\0',
    '\u0085',
    '\u202e',
    'é',
    '🎉',
    '\ud83c',
  ],
);
const anyLink = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.array(fc.oneof(part, fc.string()), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.array(part, { maxLength: 12 }).map((parts) => `https://a.example/${parts.join('')}`),
);

test('whatever link is drawn, what is sent is accepted, stays as it is, and leads to the web or a mailbox', () => {
  fc.assert(
    fc.property(anyLink, (link) => {
      const element = canonicalElement({ ...validElement(createRandom(1), 'a', 'ellipse'), link });
      expect(checkElement(element)).toEqual({ ok: true, element });
      expect(canonicalElement(element)).toEqual(element);
      const stored = element?.link ?? 'https://a.example';
      expect(['http:', 'https:', 'mailto:']).toContain(new URL(stored).protocol);
      expect(stored).not.toMatch(/[\s\p{Cc}"'<>\\^`{|}]/u);
    }),
    { numRuns: 2_000 },
  );
});
