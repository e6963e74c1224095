import { takeSession } from '@atrium/api';
import {
  isProviderId,
  type ProblemCode,
  ProviderFailed,
  type ProviderId,
  ProviderProblem,
  TooManyAttempts,
} from '@atrium/auth';
import { DatabaseUnavailable } from '@atrium/db';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { handshakeCookie, readHandshakeCookie } from './handshake-cookie.ts';
import { contextOf, type TrpcOverHttp } from './trpc-over-http.ts';

interface Visit {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly provider: ProviderId;
  readonly url: URL;
}

/**
 * Answers /auth/<provider> (leave for it) and /auth/<provider>/callback (come back). Both are visited by a person's
 * browser, so each answer sends it on to a page; what went wrong is a code in that page's address.
 */
export function providerRoutes(
  parts: TrpcOverHttp,
): (req: IncomingMessage, res: ServerResponse, path: string) => Promise<void> {
  const { services, isSecure, log } = parts;
  const { providers, publicUrl } = services;

  return async (req, res, path) => {
    res.setHeader('Cache-Control', 'no-store');
    const [, provider = '', step] = /^\/auth\/([a-z]+)(\/callback)?$/.exec(path) ?? [];
    const isKnown = isProviderId(provider) && providers.options.some(({ id }) => id === provider);
    if (!isKnown || !URL.canParse(req.url ?? '', publicUrl)) return end(res, 404, 'There is nothing here.');
    if (req.method !== 'GET') return end(res, 405, 'Visit this address.');
    if (!isVisit(req)) return end(res, 403, 'This address is visited, not loaded by a page.');
    const visit = { req, res, provider, url: new URL(req.url ?? '', publicUrl) };
    await (step === undefined ? leave(visit) : comeBack(visit));
  };

  async function leave({ req, res, provider, url }: Visit): Promise<void> {
    // A page elsewhere must not sign people in without asking: the browser before would lose its session.
    if (isFromElsewhere(req)) return go(res, '/sign-in');
    try {
      const begun = await providers.begin({
        provider,
        next: url.searchParams.get('next'),
        ticket: url.searchParams.get('link'),
        redirectUri: `${publicUrl}/auth/${provider}/callback`,
        device: contextOf(req, res, parts).device,
      });
      res.appendHeader('Set-Cookie', handshakeCookie(begun.cookie, isSecure));
      go(res, begun.url.href);
    } catch (error) {
      go(res, withProblem(problemOf(error, { provider, log }), '/sign-in'));
    }
  }

  async function comeBack({ req, res, provider, url }: Visit): Promise<void> {
    const cookie = readHandshakeCookie(req.headers.cookie, isSecure);
    try {
      const ctx = contextOf(req, res, parts);
      const callback = new URL(`${publicUrl}/auth/${provider}/callback${url.search}`);
      const identity = await ctx.identify();
      const { started, isNew, next } = await providers.finish({
        ...{ provider, callback, cookie, identity },
        device: ctx.device,
      });
      // An address that the provider does not vouch for is a claim like any other.
      const isClaim = isNew && started?.identity.user.email != null && !started.identity.user.confirmedAt;
      if (started && isClaim) await services.addresses.greet(started.identity, ctx.device);
      if (started) await takeSession(ctx, started);
      res.appendHeader('Set-Cookie', handshakeCookie(null, isSecure));
      go(res, next);
    } catch (error) {
      res.appendHeader('Set-Cookie', handshakeCookie(null, isSecure));
      go(res, withProblem(problemOf(error, { provider, log }), providers.linkPage(cookie) ?? '/sign-in'));
    }
  }
}

/** Browsers that tell what a request is for tell it of a visit; a picture or a frame of another page is none. */
function isVisit({ headers }: IncomingMessage): boolean {
  const [mode, dest] = [headers['sec-fetch-mode'] ?? 'navigate', headers['sec-fetch-dest'] ?? 'document'];
  return mode === 'navigate' && dest === 'document';
}

function isFromElsewhere({ headers }: IncomingMessage): boolean {
  return !['same-origin', 'none'].includes(headers['sec-fetch-site'] ?? 'none');
}

function withProblem(code: ProblemCode, path: string): string {
  const base = 'https://origin.invalid';
  const url = new URL(path, base);
  url.searchParams.set('problem', code);
  return url.href.slice(base.length);
}

/** What a person may be told; the rest is for the log. */
function problemOf(error: unknown, { provider, log }: { provider: ProviderId; log: Logger }): ProblemCode {
  if (error instanceof ProviderProblem) return error.code;
  if (error instanceof TooManyAttempts) return 'too-many';
  if (error instanceof ProviderFailed) {
    // Its cause may hold what the provider sent, tokens too: only what kind of failure it was is written down.
    const { name: kind, code } = { name: 'Error', code: undefined, ...errorFields(error.cause) };
    if (error.failure !== 'cancelled') log.warn({ provider, failure: error.failure, kind, code }, 'provider failed');
    return error.failure;
  }
  if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'sign-in by a provider failed');
  return 'unavailable';
}

function errorFields(cause: unknown): { name?: string; code?: unknown } {
  return cause instanceof Error ? { name: cause.name, code: Reflect.get(cause, 'code') } : {};
}

function go(res: ServerResponse, location: string): void {
  res.writeHead(303, { Location: location }).end();
}

function end(res: ServerResponse, status: number, line: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${line}\n`);
}
