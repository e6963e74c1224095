import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveApp } from './app-files.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { trpcOverHttp, type TrpcOverHttp } from './trpc-over-http.ts';

export interface RequestHandler {
  readonly onRequest: (req: IncomingMessage, res: ServerResponse) => void;
  /** From now on /readyz says no, so that a load balancer sends nobody here. */
  drain(): void;
}

/** The table of what this server answers over HTTP. */
export function handleRequests(parts: TrpcOverHttp & { webRoot: string | undefined }): RequestHandler {
  const trpc = trpcOverHttp(parts);
  const app = parts.webRoot === undefined ? null : serveApp(parts.webRoot);
  let isDraining = false;

  return {
    drain: () => {
      isDraining = true;
    },
    onRequest(req, res) {
      setSecurityHeaders(res, parts.isSecure);
      const path = pathOf(req);
      if (path === null) say(res, 400, 'This address cannot be read.');
      else if (path.startsWith('/trpc/')) trpc(req, res, path.slice('/trpc/'.length));
      else if (path === '/healthz') say(res, 200, 'alive');
      else if (path === '/readyz') void answerReady(res);
      else if (app) app(req, res);
      else say(res, 404, 'There is nothing here.');
    },
  };

  async function answerReady(res: ServerResponse): Promise<void> {
    if (isDraining) return say(res, 503, 'draining');
    try {
      await parts.services.db.ping();
      say(res, 200, 'ready');
    } catch {
      say(res, 503, 'the database does not answer');
    }
  }
}

function pathOf(req: IncomingMessage): string | null {
  try {
    return decodeURIComponent((req.url ?? '/').split('?')[0] ?? '/');
  } catch {
    return null;
  }
}

function say(res: ServerResponse, status: number, line: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(`${line}\n`);
}
