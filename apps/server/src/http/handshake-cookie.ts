import { handshakeAge } from '@atrium/auth';
import { parseCookie, stringifySetCookie } from 'cookie';

/** Bound to this very host over https, like the session's. */
function cookieName(isSecure: boolean): string {
  return isSecure ? '__Host-atrium_handshake' : 'atrium_handshake';
}

/** What the browser was given when it left for a provider, or null. */
export function readHandshakeCookie(header: string | undefined, isSecure: boolean): string | null {
  return (header && parseCookie(header)[cookieName(isSecure)]) || null;
}

/** The Set-Cookie header that hands over (or, with null, takes back) a hand-shake. Lax: it comes back from elsewhere. */
export function handshakeCookie(value: string | null, isSecure: boolean): string {
  return stringifySetCookie({
    name: cookieName(isSecure),
    value: value ?? '',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: value === null ? 0 : handshakeAge / 1_000,
  });
}
