import { parseCookie } from 'cookie';

/** `__Host-` binds the cookie to this very host over https: a sister domain cannot plant one. */
export function hostCookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

export function sessionCookieName(secure: boolean): string {
  return hostCookieName('atrium_session', secure);
}

const tokenShape = /^[A-Za-z0-9_-]{43}$/;

/** The session token in a `Cookie` header, or null. Anything that cannot be a token of ours is no token. */
export function readSessionToken(header: string | undefined, secure: boolean): string | null {
  if (!header) return null;
  const token = parseCookie(header)[sessionCookieName(secure)];
  return token !== undefined && tokenShape.test(token) ? token : null;
}

/** By which a browser is known to an account; it signs nobody in. */
export function deviceCookieName(secure: boolean): string {
  return hostCookieName('atrium_device', secure);
}

/** The device cookie in a `Cookie` header as it stands there, or null; limit/device-cookie.ts says what it is worth. */
export function readDeviceCookie(header: string | undefined, secure: boolean): string | null {
  return (header && parseCookie(header)[deviceCookieName(secure)]) || null;
}
