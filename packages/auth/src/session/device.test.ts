import { expect, test } from 'vitest';
import { deviceLabel } from './device.ts';

test('a user agent becomes a name that people know', () => {
  expect(deviceLabel('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox on Linux',
  );
  expect(deviceLabel(undefined)).toBe('Unknown device');
  expect(deviceLabel('')).toBe('Unknown device');
  expect(deviceLabel('x'.repeat(100_000)).length).toBeLessThanOrEqual(80);
});
