import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { checkRequest } from './http-gate.ts';
import { allowedOrigins } from './origins.ts';

const origins = allowedOrigins('http://localhost:3000', []);

function check(request: { method?: string; url?: string; headers?: Record<string, string> }) {
  const { method = 'POST', url = '/trpc/auth.login', headers = {} } = request;
  const defaults = {
    origin: 'http://localhost:3000',
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  };
  const merged = Object.fromEntries(Object.entries({ ...defaults, ...headers }).filter(([, value]) => value !== ''));
  return checkRequest({ method, url, headers: merged } as unknown as IncomingMessage, origins)?.status ?? 'passes';
}

test('a page of ours passes, under each name of this machine', () => {
  expect(check({})).toBe('passes');
  expect(check({ headers: { origin: 'http://127.0.0.1:3000' } })).toBe('passes');
  expect(check({ headers: { 'sec-fetch-site': '' } })).toBe('passes');
});

test.each([
  ['a foreign origin', { origin: 'https://evil.example' }],
  ['another port', { origin: 'http://localhost:3001' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a foreign site', { 'sec-fetch-site': 'cross-site' }],
  ['a sister domain', { 'sec-fetch-site': 'same-site' }],
  ['no page at all', { origin: '', 'sec-fetch-site': '' }],
  ['a page that does not say where it is from', { origin: '' }],
])('%s is refused', (_name, headers) => {
  expect(check({ headers })).toBe(403);
});

test.each([
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  '',
])('the content type %j is refused', (type) => {
  expect(check({ headers: { 'content-type': type } })).toBe(415);
});

test('what signs in travels alone, also behind an encoded comma', () => {
  expect(check({ url: '/trpc/auth.login,auth.login?batch=1' })).toBe(400);
  expect(check({ url: '/trpc/rooms.list%2Cauth.login?batch=1' })).toBe(400);
  expect(check({ url: '/trpc/rooms.create,rooms.rename?batch=1' })).toBe('passes');
  expect(check({ url: '/trpc/%E0%A4%A' })).toBe(400);
  expect(check({ url: '/trpc/auth.login%252Cauth.login?batch=1' })).toBe(400);
});

const noPage = { origin: '', 'sec-fetch-site': '' };

test('A103 a bearer token takes the place of the page, not of a foreign one', () => {
  const authorization = 'Bearer x';
  expect(check({ url: '/trpc/rooms.create', headers: { ...noPage, authorization } })).toBe('passes');
  expect(check({ headers: { authorization } })).toBe('passes');
  expect(check({ headers: { authorization, origin: 'https://evil.example' } })).toBe(403);
  expect(check({ headers: { authorization, origin: '' } })).toBe(403);
  expect(check({ headers: { ...noPage, authorization, 'sec-fetch-site': 'cross-site' } })).toBe(403);
  expect(check({ method: 'GET', headers: { authorization, origin: 'https://evil.example' } })).toBe(403);
  expect(check({ headers: { ...noPage, authorization: 'Basic x' } })).toBe(403);
  expect(check({ headers: { ...noPage, authorization, 'content-type': 'text/plain' } })).toBe(415);
});

test('A103 a refresh needs neither page nor cookie, and is a program’s only without one; nothing else does', () => {
  const url = '/trpc/tokens.refresh';
  expect(check({ url, headers: noPage })).toBe('passes');
  expect(check({ url, headers: { ...noPage, cookie: 'atrium_session=x' } })).toBe(403);
  expect(check({ url, headers: { origin: 'https://evil.example' } })).toBe(403);
  expect(check({ url: '/trpc/tokens.revoke', headers: noPage })).toBe(403);
  expect(check({ url: '/trpc/tokens.refresh,tokens.create?batch=1', headers: noPage })).toBe(403);
  expect(check({ url: '/trpc/tokens.refresh,tokens.refresh?batch=1' })).toBe(400);
});

test('a query needs no origin, and a foreign page may not read', () => {
  expect(
    check({
      method: 'GET',
      url: '/trpc/auth.me,auth.options,rooms.list?batch=1',
      headers: { origin: '', 'sec-fetch-site': '' },
    }),
  ).toBe('passes');
  expect(check({ method: 'GET', url: '/trpc/auth.me', headers: { 'sec-fetch-site': 'cross-site' } })).toBe(403);
  expect(check({ method: 'GET', url: '/trpc/auth.me', headers: { origin: 'https://evil.example' } })).toBe(403);
});
