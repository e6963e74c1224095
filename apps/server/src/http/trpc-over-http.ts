import { appRouter, type HttpContext, type Services } from '@atrium/api';
import { type Identity, readSessionToken } from '@atrium/auth';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { bearerToken } from './bearer-token.ts';
import { clientAddress } from './client-address.ts';
import { checkRequest } from './http-gate.ts';
import { refuse } from './refuse.ts';
import { sessionCookie } from './session-cookie.ts';

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

/** What a procedure, or a sign-in elsewhere, may do with this request. */
export function contextOf(req: IncomingMessage, res: ServerResponse, parts: TrpcOverHttp): HttpContext {
  const { sessions, apiTokens } = parts.services;
  const device = { userAgent: req.headers['user-agent'], address: clientAddress(req, parts.trustedProxies) };
  const bearer = bearerToken(req.headers.authorization);
  // Never both: with a bearer token the cookie is not even read.
  const cookie = bearer === null ? readSessionToken(req.headers.cookie, parts.isSecure) : null;
  const read = async (): Promise<Identity | null> => {
    if (bearer === null) return cookie === null ? null : sessions.resume(cookie);
    const found = await apiTokens.resume(bearer, device);
    return typeof found === 'string' ? null : found;
  };
  let identity: Promise<Identity | null> | null = null;
  return {
    transport: 'http',
    services: parts.services,
    device,
    isProgram: bearer !== null,
    identify: () => (identity ??= read()),
    setCookie: (next) => {
      res.setHeader('Set-Cookie', sessionCookie(next, parts.isSecure));
      identity = null;
    },
  };
}
