import type { Reason } from '@atrium/api';
import type { IncomingMessage } from 'node:http';
import { bearerToken } from './bearer-token.ts';

/** Why a request is not even handed to the router. */
export interface GateRefusal {
  readonly status: 403 | 400 | 415;
  readonly reason: Reason;
  readonly message: string;
}

/**
 * What a request to /trpc must be before anything reads it. Each rule stands for an attack: a foreign page that posts
 * a form with our cookie, a batch that tries ten passwords at the price of one request.
 */
export function checkRequest(req: IncomingMessage, origins: ReadonlySet<string>): GateRefusal | null {
  return req.method === 'POST'
    ? (checkPage(req, origins) ?? checkBody(req) ?? checkBatch(req))
    : (checkReader(req, origins) ?? checkBatch(req));
}

const foreign: GateRefusal = {
  status: 403,
  reason: 'FOREIGN_ORIGIN',
  message: 'This request does not come from a page of this server.',
};

/** A browser names the page behind a POST. What names none is a program, and acts on what it says, never on a cookie. */
function checkPage(req: IncomingMessage, origins: ReadonlySet<string>): GateRefusal | null {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (origin === undefined && site === undefined && isOfProgram(req)) return null;
  return origin === undefined ? foreign : checkSite(req, origins, ['same-origin']);
}

/** With a bearer token the cookie does not count. A refresh says all in its body; beside a cookie it is none of a program. */
function isOfProgram({ url = '', headers: { authorization, cookie } }: IncomingMessage): boolean {
  return bearerToken(authorization) !== null || (cookie === undefined && decodePath(url) === 'tokens.refresh');
}

/** Queries change nothing, but a foreign page has no business in them either. Typed into the address bar: `none`. */
function checkReader(req: IncomingMessage, origins: ReadonlySet<string>): GateRefusal | null {
  return checkSite(req, origins, ['same-origin', 'none']);
}

function checkSite(
  { headers: { origin, 'sec-fetch-site': site } }: IncomingMessage,
  origins: ReadonlySet<string>,
  sites: readonly string[],
): GateRefusal | null {
  if (origin !== undefined && !origins.has(origin)) return foreign;
  return site === undefined || [site].flat().every((each) => sites.includes(each)) ? null : foreign;
}

/** tRPC would also read multipart and octet-stream bodies, which a foreign form can send without asking. */
function checkBody(req: IncomingMessage): GateRefusal | null {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return null;
  return { status: 415, reason: 'INVALID_INPUT', message: 'Send JSON, with the content type application/json.' };
}

/** At most ten calls (the router counts), and what signs people in never travels in company. */
function checkBatch(req: IncomingMessage): GateRefusal | null {
  const path = decodePath(req.url ?? '');
  // No name of a procedure holds a percent sign: one that is left was encoded twice, to be read differently later.
  if (path === null || path.includes('%'))
    return { status: 400, reason: 'INVALID_INPUT', message: 'This address cannot be read.' };
  const calls = path.split(',');
  if (calls.length === 1 || !calls.some(isSignIn)) return null;
  return { status: 400, reason: 'BATCH_REFUSED', message: 'Calls that sign someone in or out are sent alone.' };
}

/** Queries that only read what any visitor may know. */
const harmless: ReadonlySet<string> = new Set(['auth.me', 'auth.options']);

function isSignIn(call: string): boolean {
  return (call.startsWith('auth.') && !harmless.has(call)) || call === 'tokens.refresh';
}

function decodePath(url: string): string | null {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '').replace(/^\/trpc\//, '');
  } catch {
    return null;
  }
}
