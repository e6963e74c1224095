import { expect, test } from 'vitest';
import { addressPrefix, deviceLabel, isLoopback } from './device.ts';

test('a user agent becomes a name that people know', () => {
  expect(deviceLabel('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox on Linux',
  );
  expect(deviceLabel(undefined)).toBe('Unknown device');
  expect(deviceLabel('')).toBe('Unknown device');
  expect(deviceLabel('x'.repeat(100_000)).length).toBeLessThanOrEqual(80);
});

test('A2 an address is kept as a prefix only', () => {
  expect(addressPrefix('203.0.113.77')).toBe('203.0.113.0/24');
  expect(addressPrefix('::ffff:203.0.113.77')).toBe('203.0.113.0/24');
  expect(addressPrefix('2001:db8:7:1::42')).toBe('2001:db8:7::/48');
  expect(addressPrefix('::1')).toBe('0:0:0::/48');
  expect(addressPrefix('garbage')).toBe('unknown');
});

test('loopback is recognised in each spelling', () => {
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true]);
  expect(isLoopback('203.0.113.77')).toBe(false);
});
