import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailOf, mailsOf, Person, startTestServer, type TestServer, tokenIn } from '../src/index.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const refusedWith = (reason: string) => expect.objectContaining({ reason });

test('A45 before the confirmation there are no rooms; after it there are, also over a socket that was open before', async () => {
  const ada = await Person.register(server.url);
  await using socket = await ada.openSocket();
  const wish = { kind: 'board', title: 'First' };
  await expect(ada.createBoard()).rejects.toEqual(refusedWith('CONFIRM_EMAIL'));
  const refused = await socket.call('mutation', 'rooms.create', wish);
  expect(refused.error?.data.reason).toBe('CONFIRM_EMAIL');
  const before = ada.cookie;
  await ada.mutate('auth.confirmEmail', { token: tokenIn(await mailOf(server.url, ada.email)) });
  expect(ada.cookie).not.toBe(before);
  expect((await socket.call('mutation', 'rooms.create', wish)).error).toBeUndefined();
  await ada.createBoard();
});

test('A45 a stranger who signed up with the address loses every socket when its reader confirms', async () => {
  const stranger = await Person.register(server.url);
  await using socket = await stranger.openSocket();
  const reader = new Person(server.url);
  const token = tokenIn(await mailOf(server.url, stranger.email));
  expect(await reader.mutate('auth.inspectMailLink', { token })).toMatchObject({ purpose: 'confirm', name: 'Ada' });
  await reader.mutate('auth.confirmEmail', { token });
  expect((await socket.closed).code).toBe(4401);
  expect(reader.cookie).toBe('');
  await expect(stranger.query('rooms.list')).rejects.toEqual(refusedWith('SIGNED_OUT'));
});

test('A46 registering a known address and a new one answer alike, to the letter', async () => {
  const ada = await Person.signUp(server.url);
  const shape = async (email: string) => {
    const person = new Person(server.url);
    const me = await person.mutate<object>('auth.register', { email, password: 'correct horse', name: 'Ada' });
    return JSON.stringify(me)
      .replaceAll(email, 'EMAIL')
      .replaceAll(/[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'X');
  };
  expect(await shape(ada.email)).toBe(await shape(`new-${ada.email}`));
});

test('A49 requests for links answer alike, and what was mailed stands in no row', async () => {
  const ada = await Person.signUp(server.url);
  const anybody = new Person(server.url);
  for (const procedure of ['auth.requestMagicLink', 'auth.requestPasswordReset'])
    for (const email of [ada.email, `nobody-${ada.email}`])
      expect(await anybody.mutate(procedure, { email })).toEqual({});
  const mails = [await mailOf(server.url, ada.email, /sign in/), await mailOf(server.url, ada.email, /password/)];
  expect(await mailsOf(server.url, `nobody-${ada.email}`)).toEqual([]);
  const tables = ['mail_links', 'audit_events', 'sessions', 'users', 'credentials'];
  const rows = tables.map((table) => server.readSql(sql.raw(`select * from ${table}`)));
  const dump = JSON.stringify(await Promise.all(rows));
  expect(dump).toContain(ada.email);
  for (const mail of mails) expect(dump).not.toContain(tokenIn(mail));
});

test('A48 a reset closes the sockets that were open with the old password, and says why', async () => {
  const ada = await Person.signUp(server.url);
  await using socket = await ada.openSocket();
  const elsewhere = new Person(server.url);
  await elsewhere.mutate('auth.requestPasswordReset', { email: ada.email });
  const token = tokenIn(await mailOf(server.url, ada.email, /password/));
  const me = await elsewhere.mutate('auth.resetPassword', { token, password: 'another horse' });
  expect(me).toMatchObject({ user: { email: ada.email, confirmed: true } });
  expect(await socket.closed).toMatchObject({ code: 4401, reason: 'password-changed' });
  await elsewhere.createBoard();
});

test('A51 a change of the password keeps this browser with another cookie, and its socket; the old cookie is no more', async () => {
  const ada = await Person.signUp(server.url);
  const other = new Person(server.url);
  await other.mutate('auth.login', { email: ada.email, password: 'correct horse' });
  await using kept = await ada.openSocket();
  await using gone = await other.openSocket();
  const before = ada.cookie;
  await ada.mutate('account.changePassword', { current: 'correct horse', password: 'another horse' });
  expect(ada.cookie).not.toBe(before);
  expect(await gone.closed).toMatchObject({ code: 4401, reason: 'password-changed' });
  expect((await kept.call('query', 'rooms.list', {})).error).toBeUndefined();
});

test('A42 the mailbox is there for this machine, and for nobody who comes through another name or a proxy', async () => {
  const ask = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
  const page = await ask('/dev/mailbox');
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(page.headers.get('content-security-policy')).not.toContain("style-src 'unsafe-inline'");
  expect(await page.text()).not.toMatch(/<script|<style/);
  for (const path of ['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox/1', '/dev/mailbox.css']) {
    expect((await ask(path)).status).toBe(200);
    expect((await ask(path, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
  }
  expect((await fetch(`${server.url}/dev/mailbox.json`, { method: 'HEAD' })).ok).toBe(true);
  expect((await fetch(`${server.url}/dev/mailbox.json`, { method: 'POST' })).status).toBe(404);
  await using sending = await startTestServer({ smtpUrl: 'smtp://127.0.0.1:1' });
  expect((await fetch(`${sending.url}/dev/mailbox.json`)).status).toBe(404);
});
