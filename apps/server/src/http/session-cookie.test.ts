import { expect, test } from 'vitest';
import { sessionCookie } from './session-cookie.ts';

test('A12 the cookie is out of reach for scripts and foreign pages', () => {
  expect(sessionCookie({ token: 'abc', remember: true }, false)).toBe(
    'atrium_session=abc; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax',
  );
  expect(sessionCookie({ token: 'abc', remember: true }, true)).toBe(
    '__Host-atrium_session=abc; Max-Age=34560000; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
  expect(sessionCookie(null, false)).toMatch(/^atrium_session=; Max-Age=0;/);
});

test('A12 a cookie that is not to be remembered goes with the browser', () => {
  expect(sessionCookie({ token: 'abc', remember: false }, false)).toBe(
    'atrium_session=abc; Path=/; HttpOnly; SameSite=Lax',
  );
});
