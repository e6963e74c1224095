import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type IssuerAccount,
  mailOf,
  type OpenIdIssuer,
  Person,
  startOpenIdIssuer,
  startTestServer,
  type TestServer,
  Wanderer,
} from '../src/index.ts';

let issuer: OpenIdIssuer;
let server: TestServer;

beforeAll(async () => {
  issuer = await startOpenIdIssuer();
  server = await startTestServer({ providers: [settingsOf(issuer.url)] });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});
beforeEach(() => {
  issuer.account = newAccount();
});

function settingsOf(url: string) {
  const { clientId, clientSecret } = issuer;
  return { id: 'oidc', name: 'Example', issuer: url, clientId, clientSecret } as const;
}

function newAccount(more: Partial<IssuerAccount> = {}): IssuerAccount {
  const sub = randomUUID();
  return { sub, email: `${sub}@example.org`, email_verified: true, name: 'Ada', ...more };
}

const start = (next = '/rooms') => `${server.url}/auth/oidc?next=${encodeURIComponent(next)}`;
const isCallback = (url: URL) => url.pathname === '/auth/oidc/callback';
const problem = (code: string, page = '/sign-in') => `${server.url}${page}?problem=${code}`;

async function userOf(browser: Wanderer) {
  const me = await browser
    .personAt(server.url)
    .query<{ user: { id: string; email: string; confirmed: boolean; name: string } | null }>('auth.me');
  return me.user;
}

async function signIn(browser = new Wanderer()) {
  expect(await browser.visit(start())).toBe(`${server.url}/rooms`);
  const user = await userOf(browser);
  if (!user) throw new Error('Nobody is signed in');
  return { browser, user };
}

async function beginLink(person: Person): Promise<string> {
  const { path } = await person.mutate<{ path: string }>('account.identities.begin', {
    provider: 'oidc',
    next: '/settings',
  });
  return server.url + path;
}

test('A83 a first sign-in makes an account with a confirmed address, the next one finds it', async () => {
  const first = await signIn();
  expect(first.user).toMatchObject({ email: issuer.account?.email, confirmed: true, name: 'Ada' });
  const again = await signIn();
  expect(again.user.id).toBe(first.user.id);
  const { identities } = await again.browser
    .personAt(server.url)
    .query<{ identities: { lastUsedAt: string | null }[] }>('account.identities.list');
  expect(identities).toMatchObject([{ provider: 'oidc', name: 'Example', label: issuer.account?.email }]);
});

test('A83 an address that is not verified is a claim, and none at all is no obstacle', async () => {
  issuer.account = newAccount({ email_verified: false });
  expect((await signIn()).user).toMatchObject({ email: issuer.account.email, confirmed: false });
  expect((await mailOf(server.url, issuer.account.email ?? '')).subject).toBe('Confirm your address');
  issuer.account = { sub: randomUUID() };
  expect((await signIn()).user).toMatchObject({ email: null, confirmed: false });
});

test('A83 two first sign-ins of one person at once make one account', async () => {
  const browsers = [new Wanderer(), new Wanderer()];
  const callbacks = await Promise.all(browsers.map((browser) => browser.visit(start(), isCallback)));
  await Promise.all(browsers.map((browser, index) => browser.visit(callbacks[index] ?? '')));
  const [one, two] = await Promise.all(browsers.map(userOf));
  expect(one?.id).toBeTypeOf('string');
  expect(two?.id).toBe(one?.id);
});

test('A84 a confirmed address of somebody else is not taken over, and nobody is signed in', async () => {
  const owner = await Person.signUp(server.url);
  const { user } = await owner.query<{ user: { id: string; email: string } }>('auth.me');
  await server.runSql(sql`update users set confirmed_at = now() where id = ${user.id}`);
  issuer.account = newAccount({ email: user.email });
  const browser = new Wanderer();
  expect(await browser.visit(start())).toBe(problem('address-taken'));
  expect(await userOf(browser)).toBeNull();
  expect(await owner.query('account.identities.list')).toMatchObject({ identities: [] });
});

test('A84 a claim of somebody else stays a claim', async () => {
  const claimant = await Person.register(server.url);
  const { user } = await claimant.query<{ user: { id: string; email: string } }>('auth.me');
  issuer.account = newAccount({ email: user.email });
  expect((await signIn()).user.id).not.toBe(user.id);
});

test('A81 the session that the browser had before ends, and the new one has another token', async () => {
  const before = await Person.signUp(server.url);
  const { browser } = await signIn(Wanderer.as(before));
  expect(browser.personAt(server.url).cookie).not.toBe(before.cookie);
  expect(await before.query('auth.me')).toMatchObject({ user: null });
});

test('A88 a disabled person is not signed in', async () => {
  const { user } = await signIn();
  await server.runSql(sql`update users set disabled_at = now() where id = ${user.id}`);
  const browser = new Wanderer();
  expect(await browser.visit(start())).toBe(problem('account-disabled'));
  expect(await userOf(browser)).toBeNull();
});

test('A82 a callback works once, whatever cookie comes with it', async () => {
  const browser = new Wanderer();
  const callback = await browser.visit(start(), isCallback);
  const cookies = new Map(browser.cookiesOf(server.url));
  expect(await browser.visit(callback)).toBe(`${server.url}/rooms`);
  expect(browser.cookiesOf(server.url).has('atrium_handshake')).toBe(false);
  const thief = new Wanderer();
  for (const [name, value] of cookies) thief.cookiesOf(server.url).set(name, value);
  expect(await thief.visit(callback)).toBe(problem('handshake'));
  expect(await userOf(thief)).toBeNull();
});

test('A82 a callback belongs to the browser that began it', async () => {
  const callback = await new Wanderer().visit(start(), isCallback);
  const victim = new Wanderer();
  expect(await victim.visit(callback)).toBe(problem('handshake'));
  await victim.visit(start(), isCallback);
  expect(await victim.visit(callback)).toBe(problem('handshake'));
  expect(await userOf(victim)).toBeNull();
});

/** Leaves for the issuer with an address that was changed on the way, and answers how that ended. */
async function tampered(change: (url: URL) => void, changeBack: (url: URL) => void = () => {}): Promise<string> {
  const browser = new Wanderer();
  const leaving = new URL(await browser.visit(start(), ({ origin }) => origin === issuer.url));
  change(leaving);
  const callback = new URL(await browser.visit(leaving.href, isCallback));
  changeBack(callback);
  const end = await browser.visit(callback.href);
  expect(await userOf(browser)).toBeNull();
  return end;
}

test('A82 a nonce, a challenge, an issuer or a code of another hand-shake is refused', async () => {
  const refused = problem('provider-answer');
  expect(await tampered(({ searchParams }) => searchParams.set('nonce', 'another'))).toBe(refused);
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  expect(await tampered(({ searchParams }) => searchParams.set('code_challenge', challenge))).toBe(refused);
  const unchanged = () => {};
  expect(await tampered(unchanged, ({ searchParams }) => searchParams.set('iss', 'https://evil.example'))).toBe(
    refused,
  );
  const other = new URL(await new Wanderer().visit(start(), isCallback)).searchParams.get('code') ?? '';
  expect(await tampered(unchanged, ({ searchParams }) => searchParams.set('code', other))).toBe(refused);
  expect(await tampered(unchanged, ({ searchParams }) => searchParams.set('state', 'x'))).toBe(problem('handshake'));
});

test('A82 the challenge is really sent, and is not the verifier', async () => {
  const leaving = new URL(await new Wanderer().visit(start(), ({ origin }) => origin === issuer.url));
  expect(leaving.searchParams.get('code_challenge_method')).toBe('S256');
  expect(leaving.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
});

test('A86 whoever does not go through at the provider reads so', async () => {
  issuer.account = null;
  expect(await new Wanderer().visit(start())).toBe(problem('cancelled'));
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/.//evil.example'])(
  'A85 after signing in nobody is sent to %j',
  async (next) => {
    expect(await new Wanderer().visit(start(next))).toBe(`${server.url}/rooms`);
  },
);

test('A85 a path on this origin is followed', async () => {
  expect(await new Wanderer().visit(start('/rooms/x?y=1'))).toBe(`${server.url}/rooms/x?y=1`);
});

test('A87 a foreign page can neither begin a sign-in nor load one as a part of it', async () => {
  const browser = new Wanderer();
  expect(await browser.step(start(), { 'sec-fetch-site': 'cross-site' })).toBe(`${server.url}/sign-in`);
  expect(await browser.step(start(), { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).toBeNull();
  expect(browser.cookiesOf(server.url).size).toBe(0);
});

test('A89 a signed-in person links an account, signs in by it and unlinks it', async () => {
  const ada = await Person.signUp(server.url);
  const browser = Wanderer.as(ada);
  expect(await browser.visit(await beginLink(ada))).toBe(`${server.url}/settings`);
  expect(await ada.query('account.identities.list')).toMatchObject({
    identities: [{ provider: 'oidc' }],
    linkable: [],
  });
  const me = await ada.query<{ user: { id: string } }>('auth.me');
  expect((await signIn()).user.id).toBe(me.user.id);
  await ada.mutate('account.identities.unlink', { provider: 'oidc' });
  expect(await ada.query('account.identities.list')).toMatchObject({ identities: [], linkable: [{ id: 'oidc' }] });
  await expect(ada.mutate('account.identities.unlink', { provider: 'oidc' })).rejects.toMatchObject({
    reason: 'NOT_FOUND',
  });
});

test('A89 what somebody else has linked is refused', async () => {
  await signIn();
  const bob = await Person.signUp(server.url);
  expect(await Wanderer.as(bob).visit(await beginLink(bob))).toBe(problem('identity-taken', '/settings'));
});

test('A89 a second account of the same provider is refused', async () => {
  const ada = await Person.signUp(server.url);
  await Wanderer.as(ada).visit(await beginLink(ada));
  issuer.account = newAccount();
  expect(await Wanderer.as(ada).visit(await beginLink(ada))).toBe(problem('already-linked', '/settings'));
});

test('A89 a wish to link is worth nothing in another session', async () => {
  const attacker = await Person.signUp(server.url);
  const victim = await Person.signUp(server.url);
  const browser = Wanderer.as(victim);
  expect(await browser.visit(await beginLink(attacker))).toBe(problem('handshake', '/settings'));
  expect(await attacker.query('account.identities.list')).toMatchObject({ identities: [] });
  expect(await victim.query('account.identities.list')).toMatchObject({ identities: [] });
});

test('A90 the last way in is not unlinked', async () => {
  issuer.account = { sub: randomUUID() };
  const { browser } = await signIn();
  const person = browser.personAt(server.url);
  await expect(person.mutate('account.identities.unlink', { provider: 'oidc' })).rejects.toMatchObject({
    reason: 'LAST_CREDENTIAL',
  });
});

test('A91 a provider that is down keeps nothing from starting, and is asked again when it is back', async () => {
  const gone = await startOpenIdIssuer();
  await gone[Symbol.asyncDispose]();
  await using alone = await startTestServer({ providers: [settingsOf(gone.url)], logLevel: 'silent' });
  const visit = () => new Wanderer().visit(`${alone.url}/auth/oidc`, ({ origin }) => origin === gone.url);
  expect(await visit()).toBe(`${alone.url}/sign-in?problem=provider-down`);
  await using garbage = await startGarbage(Number(new URL(gone.url).port));
  expect(await visit()).toBe(`${alone.url}/sign-in?problem=provider-answer`);
  await garbage.recover(gone.url);
  expect(await visit()).toMatch(`${gone.url}/authorize`);
});

test('A81 a provider that is not configured has no address', async () => {
  expect(await fetch(`${server.url}/auth/github`).then(({ status }) => status)).toBe(404);
  expect(await new Person(server.url).query('auth.options')).toEqual({ providers: [{ id: 'oidc', name: 'Example' }] });
});

/** Answers nonsense at the address of an issuer, until it recovers. */
async function startGarbage(port: number) {
  const { createServer } = await import('node:http');
  let answer = '<html>';
  const nonsense = createServer((_req, res) => void res.setHeader('content-type', 'application/json').end(answer));
  await new Promise<void>((resolve) => nonsense.listen(port, '127.0.0.1', resolve));
  return {
    recover(url: string) {
      const endpoints = { authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token` };
      answer = JSON.stringify({ issuer: url, ...endpoints });
      return Promise.resolve();
    },
    async [Symbol.asyncDispose]() {
      nonsense.closeAllConnections();
      await new Promise((resolve) => nonsense.close(resolve));
    },
  };
}
