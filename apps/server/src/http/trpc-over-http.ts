import { appRouter, type HttpContext, type Services } from '@atrium/api';
import { type Identity, readDeviceCookie, readSessionToken } from '@atrium/auth';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { clientAddress } from './client-address.ts';
import { checkRequest } from './http-gate.ts';
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

function contextOf(req: IncomingMessage, res: ServerResponse, parts: TrpcOverHttp): HttpContext {
  const token = readSessionToken(req.headers.cookie, parts.isSecure);
  let identity: Promise<Identity | null> | null = null;
  return {
    transport: 'http',
    services: parts.services,
    device: {
      userAgent: req.headers['user-agent'],
      address: clientAddress(req, parts.trustedProxies),
      cookie: readDeviceCookie(req.headers.cookie, parts.isSecure),
    },
    identify: () => (identity ??= token === null ? Promise.resolve(null) : parts.services.sessions.resume(token)),
    setCookie: (next) => {
      setCookieHeader(res, sessionCookie(next, parts.isSecure));
      identity = null;
    },
    setDeviceCookie: (value) => setCookieHeader(res, deviceCookie(value, parts.isSecure)),
  };
}
