import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type HandedOut, huntSecrets, Person, startTestServer, type TestServer } from '../src/index.ts';

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

  expect(secrets.length).toBeGreaterThan(8);
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
