import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
  type HandedOut,
  huntSecrets,
  Person,
  Program,
  startTestServer,
  type TestServer,
  tokenAfter,
  totp,
} from '../src/index.ts';

const password = 'a rare sentence of 4 words';
const wrongPassword = 'another sentence, mistyped';

test('A120 nothing that was handed out is found in a row, a log line or a URL', async () => {
  let log = '';
  await using server = await startTestServer({ logLevel: 'trace' }, { logTo: { write: (line) => (log += line) } });
  const secrets: HandedOut[] = [
    { name: 'password', value: password },
    { name: 'wrong password', value: wrongPassword },
  ];
  const keep = (person: Person, who: string) => {
    const value = (cookie: string) => cookie.slice(cookie.indexOf('=') + 1);
    secrets.push({ name: `session of ${who}`, value: value(person.cookie) });
    if (person.deviceCookie !== '') secrets.push({ name: `device of ${who}`, value: value(person.deviceCookie) });
  };

  const ada = new Person(server.url);
  const email = `${randomUUID()}@example.org`;
  await ada.mutate('auth.register', { email, password, name: 'Ada' });
  keep(ada, 'Ada, registered');
  await ada.mutate('auth.login', { email, password: wrongPassword }).catch(() => {});
  await ada.mutate('auth.login', { email, password });
  keep(ada, 'Ada, signed in');
  const mailed = async (ask: () => Promise<unknown>, name: string) => {
    const value = await tokenAfter(server.url, email, ask);
    secrets.push({ name, value });
    return value;
  };
  const confirmation = await mailed(() => ada.mutate('auth.resendConfirmation'), 'link that confirms');
  await ada.mutate('auth.confirmEmail', { token: confirmation });
  keep(ada, 'Ada, confirmed');
  await mailed(() => ada.mutate('auth.requestPasswordReset', { email }), 'link that is never used');
  const link = await mailed(() => ada.mutate('auth.requestMagicLink', { email }), 'link that signs in');
  const elsewhere = new Person(server.url);
  await elsewhere.mutate('auth.consumeMagicLink', { token: link });
  keep(elsewhere, 'Ada elsewhere');
  const { secret } = await ada.mutate<{ secret: string }>('account.totp.begin');
  const { recoveryCodes } = await ada.mutate<{ recoveryCodes: readonly string[] }>('account.totp.confirm', {
    code: totp(secret, Date.now()),
  });
  keep(ada, 'Ada, with a second factor');
  secrets.push({ name: 'secret of the app', value: secret });
  for (const value of recoveryCodes)
    secrets.push({ name: 'recovery code', value }, { name: 'bare code', value: value.replaceAll('-', '') });
  const program = await Program.of(ada, ['rooms:read']);
  await program.query('rooms.list');
  for (const issued of [program.issued, await program.refresh()]) {
    secrets.push(
      { name: 'access token', value: issued.accessToken },
      { name: 'refresh token', value: issued.refreshToken },
    );
  }
  await ada.mutate('auth.reauthenticate', { password });
  const roomId = await ada.createBoard();
  const invite = await ada.mutate<{ token: string }>('invites.create', { roomId, role: 'editor' });
  secrets.push({ name: 'invitation', value: invite.token });

  const guest = await Person.guest(server.url);
  keep(guest, 'a guest');
  await guest.mutate('invites.accept', { token: invite.token });
  const socket = await guest.openSocket();
  socket.send('subscription', 'rooms.watch', { roomId });
  await socket.event('snapshot');
  await guest.mutate('account.claim', { email: `${randomUUID()}@example.org`, password });
  keep(guest, 'a claimed account');
  await guest.query('account.export');
  await failing(server, ada);
  expect(log).toContain('call failed');
  await ada.mutate('account.delete', {});
  await socket[Symbol.asyncDispose]();

  expect(secrets.length).toBeGreaterThan(30);
  expect(await huntSecrets({ server, secrets, log, urls: [...ada.called, ...guest.called] })).toEqual([]);
});

/** What goes wrong is logged, and what it was called with must not be. */
async function failing(server: TestServer, person: Person): Promise<void> {
  await server.asOwner('alter table credentials add constraint refuses_all check (false) not valid');
  const input = { email: `${randomUUID()}@example.org`, password, name: 'Ada' };
  await expect(person.mutate('auth.register', input)).rejects.toMatchObject({ reason: 'INTERNAL' });
  await server.asOwner('alter table credentials drop constraint refuses_all');
}

test('A120 the hunt finds what is there, in every form', async () => {
  await using server = await startTestServer();
  const value = 'oneTwoThree_four-five-six-seven';
  const name = 'secret';
  const hunt = (log: string, urls: readonly string[] = []) =>
    huntSecrets({ server, secrets: [{ name, value }], log, urls });
  expect(await hunt('')).toEqual([]);
  expect(await hunt(`before ${value} after`)).toEqual(['secret (as it is) in the log']);
  expect(await hunt(Buffer.from(value).toString('hex').toUpperCase())).toEqual(['secret (hex) in the log']);
  expect(await hunt(Buffer.from(`${value} and more`).toString('base64'))).toEqual(['secret (base64) in the log']);
  expect(await hunt(Buffer.from(value, 'base64url').toString('hex'))).toEqual(['secret (its bytes in hex) in the log']);
  expect(await hunt('', [`http://x/?token=${value}`])).toEqual(['secret (as it is) in a URL']);
  await server.runSql(sql`insert into users (id, name) values (${randomUUID()}, ${value})`);
  expect(await hunt('')).toEqual(['secret (as it is) in the table users']);
});
