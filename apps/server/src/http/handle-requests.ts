import { type Mailbox, startTimer } from '@atrium/auth';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { closing } from '../socket/upgrade-gate.ts';
import { serveApp } from './app-files.ts';
import { showMailbox } from './mailbox-route.ts';
import { providerRoutes } from './provider-routes.ts';
import { refuse } from './refuse.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { trpcOverHttp, type TrpcOverHttp } from './trpc-over-http.ts';

export interface RequestHandler {
  readonly onRequest: (req: IncomingMessage, res: ServerResponse) => void;
  /** From now on /readyz says no, so that a load balancer sends nobody here, and calls are refused. */
  drain(): void;
  /** Resolves when every request that was being answered has its answer, or after `patience` ms. */
  settled(patience: number): Promise<void>;
}

export interface RequestParts extends TrpcOverHttp {
  readonly webRoot: string | undefined;
  /** Null: mails are sent, so there is no page to read them on. */
  readonly mailbox: Mailbox | null;
}

/** The table of what this server answers over HTTP. */
export function handleRequests(parts: RequestParts): RequestHandler {
  const trpc = trpcOverHttp(parts);
  const providers = providerRoutes(parts);
  const app = parts.webRoot === undefined ? null : serveApp(parts.webRoot);
  const mailbox = showMailbox(parts.mailbox);
  const underWay = new Set<Promise<unknown>>();
  let isDraining = false;

  return {
    drain: () => {
      isDraining = true;
    },
    async settled(patience) {
      let stop = () => {};
      const late = new Promise<void>((resolve) => (stop = startTimer(patience, resolve)));
      await Promise.race([Promise.all(underWay), late]);
      stop();
    },
    onRequest(req, res) {
      const answered = new Promise<void>((resolve) => res.once('close', resolve));
      underWay.add(answered);
      void answered.then(() => underWay.delete(answered));
      setSecurityHeaders(res, parts.isSecure);
      const path = pathOf(req);
      if (!isReadable(path)) say(res, 400, 'This address cannot be read.');
      else if (path.startsWith('/trpc/') && isDraining) refuse(res, closing);
      else if (path.startsWith('/auth/') && isDraining) say(res, 503, 'draining');
      else if (path.startsWith('/auth/')) void providers(req, res, path);
      else if (path.startsWith('/trpc/')) trpc(req, res, path.slice('/trpc/'.length));
      else if (path === '/healthz') say(res, 200, 'alive');
      else if (path === '/readyz') void answerReady(res);
      else if (path.startsWith('/dev/')) mailbox(req, res, path);
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

/** As it was sent: whoever decodes it does so once, or `%252C` would be a comma to one part and none to another. */
function pathOf(req: IncomingMessage): string {
  return (req.url ?? '/').split('?')[0] ?? '/';
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function say(res: ServerResponse, status: number, line: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(`${line}\n`);
}
