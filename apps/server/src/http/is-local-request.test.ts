import { expect, test } from 'vitest';
import { isLocalRequest } from './is-local-request.ts';

const request = (remoteAddress: string | undefined, headers: Record<string, string>) =>
  isLocalRequest({ socket: { remoteAddress }, headers });

test.each([
  ['127.0.0.1', 'localhost:3000'],
  ['::1', '[::1]:3000'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
])('A42 %s asking for %s is this machine', (address, host) => {
  expect(request(address, { host })).toBe(true);
});

test.each([
  ['192.168.1.7', 'localhost:3000'],
  ['127.0.0.1', 'evil.example:3000'],
  ['127.0.0.1', 'localhost.evil.example'],
  ['127.0.0.1', '127.0.0.1.evil.example'],
  ['127.0.0.1', ''],
  ['128.0.0.1', 'localhost'],
])('A42 %s asking for %s is not', (address, host) => {
  expect(request(address, { host })).toBe(false);
});

test('A42 what a proxy sends on is somebody else, whoever the peer is', () => {
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])
    expect(request('127.0.0.1', { host: 'localhost', [name]: 'anything' })).toBe(false);
  expect(request(undefined, { host: 'localhost' })).toBe(false);
});
