import { expect, test } from 'vitest';
import { isLoopback, isLoopbackName } from './loopback.ts';

test('loopback is recognised in each spelling, and nothing that only begins like it', () => {
  expect(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'].filter(isLoopback)).toHaveLength(4);
  expect(['203.0.113.77', '127.0.0.1.example.org', '127.', '::ffff:203.0.113.1', ''].filter(isLoopback)).toEqual([]);
});

test('a machine has three names for itself', () => {
  const named = (url: string) => isLoopbackName(new URL(url).hostname);
  expect(['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:80'].filter(named)).toHaveLength(3);
  expect(['http://localhost.example.org', 'http://127.0.0.1.nip.io'].filter(named)).toEqual([]);
});
