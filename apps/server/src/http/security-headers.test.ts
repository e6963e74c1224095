import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { setSecurityHeaders } from './security-headers.ts';

function headersOf(isSecure: boolean): Map<string, string> {
  const headers = new Map<string, string>();
  const res = { setHeader: (name: string, value: string) => headers.set(name, value) };
  setSecurityHeaders(res as unknown as ServerResponse, isSecure);
  return headers;
}

test('nothing runs in the page but our own scripts, and nobody may frame it', () => {
  const policy = headersOf(false).get('Content-Security-Policy') ?? '';
  expect(policy).toMatch(/default-src 'none'; script-src 'self';/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});

test('on https a browser is told to come back on https only, on http it is not', () => {
  expect(headersOf(true).get('Strict-Transport-Security')).toBe('max-age=31536000');
  expect(headersOf(false).has('Strict-Transport-Security')).toBe(false);
});
