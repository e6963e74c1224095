import { stringifySetCookie } from 'cookie';

export interface OwnCookie {
  readonly name: string;
  /** Null takes it back. */
  readonly value: string | null;
  readonly isSecure: boolean;
  /** In seconds; without it the browser forgets the cookie when it is closed. */
  readonly maxAge?: number;
}

/**
 * A `Set-Cookie` header for a cookie that only this server reads. Lax rather than strict: a link in a mail, or the way
 * back from a provider, finds the browser signed in.
 */
export function ownCookie({ name, value, isSecure, maxAge }: OwnCookie): string {
  const age = value === null ? 0 : maxAge;
  return stringifySetCookie({
    ...{ name, value: value ?? '', httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
    ...(age !== undefined && { maxAge: age }),
  });
}
