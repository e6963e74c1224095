import { expect, test } from 'vitest';
import { resolveTheme } from './theme.ts';

test('without a choice the theme follows the device', () => {
  expect(resolveTheme('system', true)).toBe('dark');
  expect(resolveTheme('system', false)).toBe('light');
});

test('a choice wins over the device', () => {
  expect(resolveTheme('light', true)).toBe('light');
  expect(resolveTheme('dark', false)).toBe('dark');
});
