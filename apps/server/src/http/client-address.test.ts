import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

function request(forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress: '127.0.0.1' } } as unknown as IncomingMessage;
}

test('the header is not believed unless a proxy is trusted', () => {
  expect(clientAddress(request('203.0.113.9'), 0)).toBe('127.0.0.1');
});

test('only what trusted proxies appended counts: a client cannot choose its address', () => {
  expect(clientAddress(request('6.6.6.6, 203.0.113.9'), 1)).toBe('203.0.113.9');
  expect(clientAddress(request('6.6.6.6, 203.0.113.9, 10.0.0.1'), 2)).toBe('203.0.113.9');
  expect(clientAddress(request(), 1)).toBe('127.0.0.1');
});
