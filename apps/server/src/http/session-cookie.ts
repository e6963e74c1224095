import { sessionCookieName } from '@atrium/auth';
import { stringifySetCookie } from 'cookie';

/** 400 days: the longest a browser keeps a cookie. When a session ends is for the database to say, not for the cookie. */
const longest = 400 * 86_400;

/** The Set-Cookie header that hands over (or, with null, takes back) the session token. */
export function sessionCookie(token: string | null, isSecure: boolean): string {
  return stringifySetCookie({
    name: sessionCookieName(isSecure),
    value: token ?? '',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: token === null ? 0 : longest,
  });
}
