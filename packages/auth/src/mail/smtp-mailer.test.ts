import { type AddressObject, simpleParser } from 'mailparser';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, test } from 'vitest';
import { describeMailer } from '../testing/describe-mailer.ts';
import { type Mail, MailFailed } from './mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const from = 'Atrium <no-reply@example.org>';
const mail: Mail = { to: 'ada@example.org', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };

/** A mail server that keeps what it takes. */
async function startMailServer(options: SMTPServerOptions = {}, host = '127.0.0.1') {
  const sources: Promise<Buffer>[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      sources.push(stream.toArray().then((chunks) => Buffer.concat(chunks as Buffer[])));
      stream.once('end', () => done());
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, host);
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${host}:${port}`,
    parsed: async () => Promise.all((await Promise.all(sources)).map((source) => simpleParser(source))),
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describeMailer('A mail server', async () => {
  const server = await startMailServer();
  const mailer = createSmtpMailer({ url: server.url, from });
  return {
    mailer,
    async received() {
      const parsed = await server.parsed();
      return parsed.map(({ to, subject = '', text = '', html }) => ({
        to: (to as AddressObject).value.map(({ address }) => address).join(),
        ...{ subject, text, html: html || '' },
      }));
    },
    async [Symbol.asyncDispose]() {
      mailer.close();
      await server[Symbol.asyncDispose]();
    },
  };
});

/** Sends one mail that is refused; answers how. */
async function failureAt(url: string): Promise<MailFailed> {
  const mailer = createSmtpMailer({ url, from });
  try {
    await mailer.send(mail);
  } catch (error) {
    if (error instanceof MailFailed) return error;
    throw error;
  } finally {
    mailer.close();
  }
  throw new Error('It was sent');
}

test('A40 a mail says who it is from, and that a program wrote it', async () => {
  await using server = await startMailServer();
  const mailer = createSmtpMailer({ url: server.url, from });
  await mailer.send(mail);
  mailer.close();
  const [parsed] = await server.parsed();
  expect(parsed?.from?.value).toEqual([{ name: 'Atrium', address: 'no-reply@example.org' }]);
  expect(parsed?.headers.get('auto-submitted')).toBe('auto-generated');
});

test.each([
  [550, true],
  [451, false],
])('A41 a refusal with %i: for good is %s; neither address nor link is in it', async (responseCode, isPermanent) => {
  await using server = await startMailServer({
    onRcptTo: ({ address }, _session, done) => done(Object.assign(new Error(`no ${address}`), { responseCode })),
  });
  const failure = await failureAt(server.url);
  expect(failure.isPermanent).toBe(isPermanent);
  expect(failure.message).toContain(String(responseCode));
  expect(`${failure.message} ${failure.stack} ${JSON.stringify(failure)}`).not.toContain('ada@');
  expect(failure.cause).toBeUndefined();
});

test('A41 a server that is down, or says nothing, is a failure that may pass', async () => {
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  expect((await failureAt(`smtp://127.0.0.1:${port}?greetingTimeout=50`)).isPermanent).toBe(false);
  silent.close();
  await once(silent, 'close');
  expect((await failureAt(`smtp://127.0.0.1:${port}`)).message).toMatch(/ECONNREFUSED|ECONNECTION|ESOCKET/);
});

test('A40 a password for a server that is not one of this machine is not sent in the clear', async () => {
  const asked: string[] = [];
  await using server = await startMailServer(
    {
      authMethods: ['PLAIN'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) => {
        asked.push(auth.username ?? '');
        done(null, { user: 'somebody' });
      },
    },
    // An address that is taken for another machine.
    '127.0.0.3',
  );
  await failureAt(server.url.replace('//', '//user:secret@'));
  expect(asked).toEqual([]);
});
