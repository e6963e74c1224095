import type { Mailbox } from '@atrium/auth';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLocalRequest } from './is-local-request.ts';
import { mailboxPage } from './mailbox-page.ts';
import { mailboxStyle } from './mailbox-style.ts';

interface Answer {
  readonly type: string;
  readonly body: string;
  /** Instead of the policy of every page. */
  readonly policy?: string;
}

/** A mail brings its own style element; it gets nothing else. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Answers /dev/*: the mails that were not sent, for whoever develops on this machine. Links in them open accounts, so
 * that anybody else is told that there is nothing; so is everybody where mails are sent.
 */
export function showMailbox(
  mailbox: Mailbox | null,
): (req: IncomingMessage, res: ServerResponse, path: string) => void {
  return (req, res, path) => {
    const isReading = req.method === 'GET' || req.method === 'HEAD';
    const answer = mailbox && isReading && isLocalRequest(req) ? answerOf(mailbox, path, req.url ?? '') : null;
    res.setHeader('Cache-Control', 'no-store');
    if (answer?.policy !== undefined) res.setHeader('Content-Security-Policy', answer.policy);
    res.writeHead(answer ? 200 : 404, { 'Content-Type': `${answer?.type ?? 'text/plain'}; charset=utf-8` });
    res.end(req.method === 'HEAD' ? undefined : (answer?.body ?? 'There is nothing here.\n'));
  };
}

function answerOf({ mails }: Mailbox, path: string, url: string): Answer | null {
  if (path === '/dev/mailbox') return { type: 'text/html', body: mailboxPage(mails) };
  if (path === '/dev/mailbox.css') return { type: 'text/css', body: mailboxStyle };
  if (path === '/dev/mailbox.json') return { type: 'application/json', body: toJson(mails, recipientIn(url)) };
  const id = /^\/dev\/mailbox\/(\d+)$/.exec(path)?.[1];
  const mail = mails.find((each) => String(each.id) === id);
  return mail ? { type: 'text/html', body: mail.html, policy: mailPolicy } : null;
}

/** Newest first; `?to=` leaves only the mails to one address. */
function toJson(mails: Mailbox['mails'], recipient: string | null): string {
  return JSON.stringify(
    mails
      .filter(({ to }) => recipient === null || to === recipient)
      .map(({ to, subject, text, html, links, at }) => ({ to, subject, text, html, links, at })),
  );
}

function recipientIn(url: string): string | null {
  return new URL(url, 'http://localhost').searchParams.get('to');
}
