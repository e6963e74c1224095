import { expect, test } from 'vitest';
import { deviceCookie, sessionCookie } from './session-cookie.ts';

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

test('A107 the device cookie is out of reach for scripts and foreign pages, and stays', () => {
  expect(deviceCookie('abc', false)).toBe('atrium_device=abc; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax');
  expect(deviceCookie('abc', true)).toBe(
    '__Host-atrium_device=abc; Max-Age=34560000; Path=/; HttpOnly; Secure; SameSite=Lax',
  );
});
