import { readSessionToken } from '@atrium/auth';
import type { Reason } from '@atrium/api';
import type { IncomingMessage } from 'node:http';

export interface UpgradeRefusal {
  readonly status: 401 | 403 | 404 | 429 | 503;
  readonly reason: Reason;
  readonly message: string;
}

/**
 * The checks before 101 that need no database. A cookie without an Origin is refused: a browser always sends one, and
 * without it nobody can tell whose page opened the socket. With neither it is a program, which says its token in the first
 * message: `program`.
 */
export function checkUpgrade(
  req: IncomingMessage,
  opts: { origins: ReadonlySet<string>; isSecure: boolean },
): { token: string } | 'program' | UpgradeRefusal {
  const { url = '' } = req;
  if (url.split('?')[0] !== '/trpc') return { status: 404, reason: 'NOT_FOUND', message: 'There is no socket here.' };
  const { origin } = req.headers;
  if (origin === undefined ? req.headers.cookie !== undefined : !opts.origins.has(origin)) {
    return { status: 403, reason: 'FOREIGN_ORIGIN', message: 'This socket was not opened by a page of this server.' };
  }
  if (origin === undefined && isWithParameters(url)) return 'program';
  const token = readSessionToken(req.headers.cookie, opts.isSecure);
  return token === null ? signedOut : { token };
}

/** How tRPC's client announces that its first message holds parameters. The address itself never holds a token. */
function isWithParameters(url: string): boolean {
  return new URLSearchParams(url.split('?')[1]).get('connectionParams') === '1';
}

export const signedOut: UpgradeRefusal = { status: 401, reason: 'SIGNED_OUT', message: 'Sign in to open a socket.' };

/** The server is on its way out; the client comes back a moment later. */
export const closing: UpgradeRefusal = { status: 503, reason: 'UNAVAILABLE', message: 'The server is restarting.' };

/** Nobody is there any more to read it. */
export const hungUp: UpgradeRefusal = { ...closing, message: 'The connection was lost.' };
