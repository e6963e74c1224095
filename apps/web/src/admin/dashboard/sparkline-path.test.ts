import { expect, test } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const frame = { width: 100, height: 12, most: 11 };

test('the newest value stands at the right edge, the largest at the top', () => {
  expect(sparklinePath([0, 5, 10], frame)).toEqual({
    line: 'M80 11L90 6L100 1',
    area: 'M80 12L80 11L90 6L100 1L100 12Z',
  });
});

test('nothing but zeros is a line along the bottom, and no value is no line', () => {
  expect(sparklinePath([0, 0], frame).line).toBe('M90 11L100 11');
  expect(sparklinePath([], frame)).toEqual({ line: '', area: '' });
});
