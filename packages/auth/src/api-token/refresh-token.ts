import type { SecretBox } from '../seal/secret-box.ts';
import { hashToken, newToken } from '../session/token.ts';

/**
 * `atrium_rt_<id>.<secret>.<signature>`: the id of the token's row, 256 bits that nobody can guess, and our signature of
 * both, by which one that was replaced long ago is told from one that never was. Pure but for the first secret.
 */
const shape = /^atrium_rt_([0-9a-f]{32})\.([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{43})$/;

/** What a refresh token says of itself; whether it is ours and good is another question. */
export interface ReadRefreshToken {
  /** UUID of the token's row. */
  readonly id: string;
  /** SHA-256 (hex), all that is stored of it. */
  readonly hash: string;
}

/** Null for what cannot be a refresh token. */
export function readRefreshToken(text: string): ReadRefreshToken | null {
  const [, hex] = shape.exec(text) ?? [];
  if (hex === undefined) return null;
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, hash: hashToken(text) };
}

export function firstRefreshToken(box: SecretBox, id: string): string {
  return write(box, id.replaceAll('-', ''), newToken());
}

/**
 * The one that takes the place of `text`. It follows from it and the server's key, so that a refresh whose answer was
 * lost can be answered the same again, and the database need not keep it. Without the key nobody can tell it.
 */
export function nextRefreshToken(box: SecretBox, text: string): string {
  const [, hex = ''] = shape.exec(text) ?? [];
  return write(box, hex, box.sign('refresh-token', `after ${text}`));
}

/** True when this server made it, whenever that was. */
export function isRefreshTokenOfOurs(box: SecretBox, text: string): boolean {
  const [, hex = '', secret = '', signature = ''] = shape.exec(text) ?? [];
  return box.isSigned('refresh-token', signed(hex, secret), signature);
}

function write(box: SecretBox, hex: string, secret: string): string {
  return `atrium_rt_${hex}.${secret}.${box.sign('refresh-token', signed(hex, secret))}`;
}

/** Begins otherwise than what `nextRefreshToken` signs: the one is never the other. */
function signed(hex: string, secret: string): string {
  return `token ${hex} ${secret}`;
}
