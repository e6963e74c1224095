import { expect, test } from 'vitest';
import { addressPrefix, networkOf } from './network.ts';

test('A2 an address is kept as a prefix only', () => {
  expect(addressPrefix('203.0.113.77')).toBe('203.0.113.0/24');
  expect(addressPrefix('::ffff:203.0.113.77')).toBe('203.0.113.0/24');
  expect(addressPrefix('2001:db8:7:1::42')).toBe('2001:db8:7::/48');
  expect(addressPrefix('::1')).toBe('0:0:0::/48');
  expect(addressPrefix('garbage')).toBe('unknown');
});

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['unknown', 'unknown'],
])('A26 a limit counts %s as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
