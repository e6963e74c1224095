/** What a client may know of its own access token. It is not verified: the server alone decides what a token is worth. */
export interface TokenClaims {
  readonly userId: string;
  /** Milliseconds that it is good for, from when it was signed. */
  readonly lifetime: number;
  /** Milliseconds since 1970, by the server's clock. */
  readonly expiresAt: number;
}

/** Null for what is no access token. */
export function readTokenClaims(accessToken: string): TokenClaims | null {
  try {
    const [, payload = ''] = accessToken.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const { sub, iat, exp } = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
    if (typeof sub !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return null;
    return { userId: sub, lifetime: (exp - iat) * 1000, expiresAt: exp * 1000 };
  } catch {
    return null;
  }
}
