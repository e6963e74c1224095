import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { SigningKeys } from './signing-keys.ts';

/** What an access token says. */
export interface AccessClaims {
  readonly tokenId: string;
  readonly userId: string;
  readonly permissions: readonly string[];
  /** `refreshedAt` of the row when it was signed: which refresh it came with. */
  readonly generation: Date;
  readonly expiresAt: Date;
}

/** `expired`: it was good once. `invalid`: anything else. */
export type RefusedToken = 'expired' | 'invalid';

/** Typed JWTs (RFC 9068) that only this server makes and reads. */
export interface AccessTokens {
  sign(claims: AccessClaims): Promise<string>;
  /** Rejects only when the database cannot be asked for the key. Says nothing about the row: it may be gone. */
  verify(text: string): Promise<AccessClaims | RefusedToken>;
}

export interface AccessTokenOptions {
  readonly keys: SigningKeys;
  /** Origin of the server. */
  readonly issuer: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const audience = 'atrium';
const type = 'at+jwt';
const algorithm = 'EdDSA';
/** Seconds that the clocks of two nodes may differ. */
const clockTolerance = 5;
const longest = 4_096;

export function createAccessTokens({ keys, issuer, now }: AccessTokenOptions): AccessTokens {
  return {
    async sign({ tokenId, userId, permissions, generation, expiresAt }) {
      const { kid, privateKey } = await keys.current();
      return new SignJWT({ tid: tokenId, permissions: [...permissions], gen: generation.getTime() })
        .setProtectedHeader({ alg: algorithm, typ: type, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt(new Date(now()))
        .setExpirationTime(expiresAt)
        .sign(privateKey);
    },

    async verify(text) {
      const kid = kidOf(text);
      const key = kid === null ? null : await keys.find(kid);
      if (!key) return 'invalid';
      try {
        const { payload } = await jwtVerify(text, key, {
          algorithms: [algorithm],
          typ: type,
          issuer,
          audience,
          clockTolerance,
          currentDate: new Date(now()),
        });
        return readClaims(payload) ?? 'invalid';
      } catch (error) {
        return error instanceof errors.JWTExpired ? 'expired' : 'invalid';
      }
    },
  };
}

/** The header may say these three things and no other: above all not where a key is to be taken from. */
function kidOf(text: string): string | null {
  if (text.length > longest) return null;
  try {
    const { alg, typ, kid, ...others } = decodeProtectedHeader(text);
    const isOurs = alg === algorithm && typ === type && Object.keys(others).length === 0;
    return isOurs && typeof kid === 'string' ? kid : null;
  } catch {
    return null;
  }
}

/** Null when one is missing, the end too: what does not end is none of ours. */
function readClaims(payload: Readonly<Record<string, unknown>>): AccessClaims | null {
  const { sub, tid, permissions, gen, exp } = payload;
  if (typeof sub !== 'string' || typeof tid !== 'string') return null;
  if (typeof gen !== 'number' || typeof exp !== 'number' || !isTexts(permissions)) return null;
  return {
    tokenId: tid,
    userId: sub,
    permissions,
    generation: new Date(gen),
    expiresAt: new Date(exp * 1000),
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
