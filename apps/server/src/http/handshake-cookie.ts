import { handshakeAge, hostCookieName } from '@atrium/auth';
import { parseCookie } from 'cookie';
import { ownCookie } from './own-cookie.ts';

const cookieName = (isSecure: boolean) => hostCookieName('atrium_handshake', isSecure);

/** What the browser was given when it left for a provider, or null. */
export function readHandshakeCookie(header: string | undefined, isSecure: boolean): string | null {
  return (header && parseCookie(header)[cookieName(isSecure)]) || null;
}

/** The Set-Cookie header that hands over (or, with null, takes back) a hand-shake. */
export function handshakeCookie(value: string | null, isSecure: boolean): string {
  return ownCookie({ name: cookieName(isSecure), value, isSecure, maxAge: handshakeAge / 1_000 });
}
