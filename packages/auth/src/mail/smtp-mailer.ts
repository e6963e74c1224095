import { createTransport } from 'nodemailer';
import { isLoopbackName } from '../network/loopback.ts';
import { type Mailer, MailFailed } from './mailer.ts';

export interface SmtpOptions {
  /** `smtp://` (TLS when the server offers it) or `smtps://`; may hold a user, a password and nodemailer's options. */
  readonly url: string;
  /** "Atrium <no-reply@example.org>" */
  readonly from: string;
}

/** How long a server may take, in milliseconds: to be reached, to say hello, to say anything at all. */
const patience = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

/** Sends through a mail server, over at most three connections that are used again. */
export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const transport = createTransport({
    ...patience,
    url,
    pool: true,
    maxConnections: 3,
    requireTLS: needsTls(new URL(url)),
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send({ to, subject, text, html }) {
      // As an object, so that an address is one address whatever it looks like.
      const recipient = { name: '', address: to };
      // Keeps answering machines quiet.
      const headers = { 'Auto-Submitted': 'auto-generated' };
      try {
        await transport.sendMail({ from, to: recipient, subject, text, html, headers });
      } catch (error) {
        throw toMailFailed(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A password for the mail server never crosses a network in the clear. */
function needsTls({ username, hostname }: URL): boolean {
  return username !== '' && !isLoopbackName(hostname);
}

/** The server's own words hold addresses; its codes do not. */
function toMailFailed(error: unknown): MailFailed {
  const read = (key: string): unknown => (error instanceof Error ? Reflect.get(error, key) : undefined);
  const [code, response] = [read('code'), read('responseCode')];
  const words = [code, response].filter((part) => typeof part === 'string' || typeof part === 'number');
  return new MailFailed(words.join(' ') || 'unknown', typeof response === 'number' && response >= 500);
}
