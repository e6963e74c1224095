import { newToken } from '@atrium/auth';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { checkUpgrade } from './upgrade-gate.ts';

const opts = { origins: new Set(['http://localhost:3000']), isSecure: false };
const token = newToken();
const cookie = `atrium_session=${token}`;
const origin = 'http://localhost:3000';

function check(headers: Record<string, string>, url = '/trpc') {
  const answer = checkUpgrade({ url, headers } as unknown as IncomingMessage, opts);
  if (answer === 'program') return answer;
  return 'token' in answer ? answer.token : answer.status;
}

test('our page with a cookie passes', () => {
  expect(check({ origin, cookie })).toBe(token);
  expect(check({ origin, cookie }, '/trpc?connectionParams=1')).toBe(token);
});

test.each([
  ['a foreign origin', { origin: 'https://evil.example', cookie }, 403],
  ['a cookie without an origin', { cookie }, 403],
  ['no cookie', { origin }, 401],
  ['neither', {}, 401],
  ['a cookie that holds no token', { origin, cookie: 'atrium_session=x' }, 401],
])('%s is refused', (_name, headers: Record<string, string>, status) => {
  expect(check(headers)).toBe(status);
});

test('A104 with neither cookie nor origin it is a program, if it says that its token comes first', () => {
  expect(check({}, '/trpc?connectionParams=1')).toBe('program');
  expect(check({}, '/trpc?connectionParams=0')).toBe(401);
  expect(check({}, '/trpc?token=x')).toBe(401);
  expect(check({ origin }, '/trpc?connectionParams=1')).toBe(401);
  expect(check({ origin: 'https://evil.example' }, '/trpc?connectionParams=1')).toBe(403);
  expect(check({ cookie }, '/trpc?connectionParams=1')).toBe(403);
  expect(check({ cookie: 'theme=dark' }, '/trpc?connectionParams=1')).toBe(403);
});

test('other paths have no socket', () => {
  expect(check({ origin, cookie }, '/elsewhere')).toBe(404);
  expect(check({ origin, cookie }, '/trpc/rooms.watch')).toBe(404);
});
