import { appRouter, type HttpContext, type Services } from '@atrium/api';
import { type Identity, readDeviceCookie, readSessionToken } from '@atrium/auth';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { bearerToken } from './bearer-token.ts';
import { clientAddress } from './client-address.ts';
import { checkRequest } from './http-gate.ts';
import { noteRefused } from './note-refused.ts';
import { refuse } from './refuse.ts';
import { deviceCookie, sessionCookie } from './session-cookie.ts';
import { setCookieHeader } from './set-cookie-header.ts';

export interface TrpcOverHttp {
  readonly services: Services;
  readonly origins: ReadonlySet<string>;
  readonly isSecure: boolean;
  readonly trustedProxies: number;
  readonly log: Logger;
}

const largestBody = 1024 * 1024;

/** Answers /trpc/*: the gate first, then the router. */
export function trpcOverHttp(parts: TrpcOverHttp): (req: IncomingMessage, res: ServerResponse, path: string) => void {
  return (req, res, path) => {
    res.setHeader('Cache-Control', 'no-store');
    const refusal = checkRequest(req, parts.origins);
    if (refusal) {
      noteRefused(req, parts, { procedure: path, reason: refusal.reason });
      refuse(res, refusal);
      return;
    }
    void nodeHTTPRequestHandler({
      router: appRouter,
      path,
      req,
      res,
      maxBodySize: largestBody,
      maxBatchSize: 10,
      createContext: () => contextOf(req, res, parts),
      onError: ({ error, path: name }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR')
          parts.log.error({ err: error.cause ?? error, procedure: name }, 'call failed');
      },
    });
  };
}

/**
 * What a procedure, or a sign-in elsewhere, may do with this request. Who is calling is read when it is asked for, once
 * per request. A token of a session that is due for it is replaced then, if the answer has not begun yet: an answer that
 * is streamed hands over nothing, and another request will.
 */
export function contextOf(req: IncomingMessage, res: ServerResponse, parts: TrpcOverHttp): HttpContext {
  const { sessions, apiTokens } = parts.services;
  const device = {
    userAgent: req.headers['user-agent'],
    address: clientAddress(req, parts.trustedProxies),
    cookie: readDeviceCookie(req.headers.cookie, parts.isSecure),
  };
  const bearer = bearerToken(req.headers.authorization);
  // Never both: with a bearer token the cookie is not even read.
  const token = bearer === null ? readSessionToken(req.headers.cookie, parts.isSecure) : null;
  let identity: Promise<Identity | null> | null = null;
  let isCookieSet = false;

  const present = async (): Promise<Identity | null> => {
    if (token === null) return null;
    const mayOffer = !isCookieSet && !res.headersSent;
    const presented = await sessions.present(token, { mayOffer, device });
    // What was meant for the cookie by a procedure is not overwritten. An offer that nobody hears of changes nothing.
    if (presented?.offered && !isCookieSet && !res.headersSent) {
      const remember = presented.identity.session.isRemembered;
      setCookieHeader(res, sessionCookie({ token: presented.offered, remember }, parts.isSecure));
    }
    return presented && presented.identity;
  };

  const ofProgram = async (accessToken: string): Promise<Identity | null> => {
    const found = await apiTokens.resume(accessToken, device);
    return typeof found === 'string' ? null : found;
  };

  return {
    transport: 'http',
    services: parts.services,
    device,
    isProgram: bearer !== null,
    identify: () => (identity ??= bearer === null ? present() : ofProgram(bearer)),
    setCookie: (next) => {
      isCookieSet = true;
      setCookieHeader(res, sessionCookie(next, parts.isSecure));
      identity = null;
    },
    setDeviceCookie: (value) => setCookieHeader(res, deviceCookie(value, parts.isSecure)),
  };
}
