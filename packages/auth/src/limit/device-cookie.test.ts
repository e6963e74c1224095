import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSecretBox } from '../seal/secret-box.ts';
import { createDeviceCookies } from './device-cookie.ts';

const old = 'an old secret that is long enough for this';
const cookies = createDeviceCookies(createSecretBox([old]));

test('A107 a device cookie says whose browser it is, and every one is another', () => {
  const userId = randomUUID();
  const [one, two] = [cookies.read(cookies.issue(userId)), cookies.read(cookies.issue(userId))];
  expect(one?.userId).toBe(userId);
  expect(two?.userId).toBe(userId);
  expect(one?.id).not.toBe(two?.id);
});

test('A107 what was changed, cut, or signed by another key or for another purpose is no device cookie', () => {
  const value = cookies.issue(randomUUID());
  const [userId = '', id = '', signature = ''] = value.split('.');
  const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  const box = createSecretBox([old]);
  const forgeries = [
    `${randomUUID()}.${id}.${signature}`,
    `${userId}.${id.slice(1)}A.${signature}`,
    `${userId}.${id}.${flipped}`,
    `${userId}.${id}`,
    `${userId}.${id}.`,
    `${value}.`,
    `${userId}.${id}.${box.sign('totp', `${userId}.${id}`)}`,
    createDeviceCookies(createSecretBox(['another secret that is long enough'])).issue(userId),
    '',
    null,
    undefined,
  ];
  expect(forgeries.map((forgery) => cookies.read(forgery))).toEqual(forgeries.map(() => null));
  expect(cookies.read(value)).not.toBeNull();
});

test('A107 a cookie outlives the key that signed it, until that is taken away', () => {
  const value = cookies.issue(randomUUID());
  const fresh = 'a new secret that is long enough for this';
  expect(createDeviceCookies(createSecretBox([fresh, old])).read(value)).not.toBeNull();
  expect(createDeviceCookies(createSecretBox([fresh])).read(value)).toBeNull();
});
