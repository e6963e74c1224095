import { deviceCookieName, sessionCookieName } from '@atrium/auth';
import { ownCookie } from './own-cookie.ts';

/** 400 days: the longest a browser keeps a cookie. When a session ends is for the database to say, not for the cookie. */
const longest = 400 * 86_400;

export interface SessionCookie {
  readonly token: string;
  /** False: the browser forgets it when it is closed. */
  readonly remember: boolean;
}

/** The Set-Cookie header that hands over (or, with null, takes back) the session token. */
export function sessionCookie(cookie: SessionCookie | null, isSecure: boolean): string {
  const name = sessionCookieName(isSecure);
  return ownCookie({ name, value: cookie?.token ?? null, isSecure, ...(cookie?.remember && { maxAge: longest }) });
}

/** The Set-Cookie header by which the browser is known to an account from now on. Signing out leaves it there. */
export function deviceCookie(value: string, isSecure: boolean): string {
  return ownCookie({ name: deviceCookieName(isSecure), value, isSecure, maxAge: longest });
}
