import { expect, test } from 'vitest';
import { initials, personColour, personHue } from './person-colour.ts';

test('a person keeps one hue, and different people get different ones', () => {
  expect(personHue('user-a')).toBe(personHue('user-a'));
  const hues = new Set(Array.from({ length: 200 }, (_, i) => personHue(`user-${i}-${i * 7}`)));
  expect(hues.size).toBeGreaterThan(20);
});

test('the hue is a whole number of degrees on the circle, whatever the id', () => {
  for (const id of ['', 'a', 'ÄÖÜ', 'x'.repeat(500), '🙂🙃']) {
    expect(personHue(id)).toBeGreaterThanOrEqual(0);
    expect(personHue(id)).toBeLessThanOrEqual(360);
    expect(personHue(id) % 10).toBe(0);
  }
  expect(personColour('')).toBe('hsl(0, 100%, 83%)');
});

test('initials come from the first and the last word', () => {
  expect(initials('Mira Okafor')).toBe('MO');
  expect(initials('  ana   maría del río ')).toBe('AR');
  expect(initials('tomás')).toBe('T');
  expect(initials('🙂 face')).toBe('🙂F');
  expect(initials('   ')).toBe('?');
});
