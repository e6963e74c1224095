import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, base64url. Only its owner ever holds it; the database keeps `hashToken` of it. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex. Unsalted on purpose: the token is random and long, there is nothing to guess. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
