import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createGitHubProvider } from './github-provider.ts';

const answers = {
  '/token': { access_token: 'token', token_type: 'bearer', scope: 'read:user,user:email' } as unknown,
  '/user': { id: 583_231, login: 'octo', name: 'Octo\u202e Cat', email: 'public@example.org' } as unknown,
  '/emails': [
    { email: 'old@example.org', primary: false, verified: true },
    { email: 'Octo@Example.org', primary: true, verified: true },
  ] as unknown,
};

/** Its three endpoints; `changed` are other answers than usual. */
async function startGitHub(changed: Partial<typeof answers> = {}) {
  const all: Readonly<Record<string, unknown>> = { ...answers, ...changed };
  const asked: { path: string; body: string; authorization: string | undefined }[] = [];
  const server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      asked.push({ path: req.url ?? '', body, authorization: req.headers.authorization });
      res.setHeader('content-type', 'application/json').end(JSON.stringify(all[req.url ?? '']));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoints = { issuer: url, authorize: `${url}/authorize`, token: `${url}/token`, user: `${url}/user` };
  const settings = { clientId: 'id', clientSecret: 'secret' };
  return {
    asked,
    provider: createGitHubProvider(settings, { ...endpoints, emails: `${url}/emails` }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const verifier = 'v'.repeat(43);
const callback = new URL('http://localhost:3000/auth/github/callback?code=c0de&state=s');
const finishing = { callback, state: 's', nonce: 'n', verifier };

test('A83 GitHub tells the number, the name and the primary address of somebody', async () => {
  await using github = await startGitHub();
  const redirectUri = 'http://localhost:3000/auth/github/callback';
  const leaving = await github.provider.begin({ redirectUri, state: 's', nonce: 'n', verifier });
  expect(Object.fromEntries(leaving.searchParams)).toMatchObject({
    ...{ client_id: 'id', redirect_uri: redirectUri, state: 's', code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const profile = {
    subject: '583231',
    label: 'octo',
    email: 'octo@example.org',
    emailVerified: true,
    name: 'Octo Cat',
  };
  expect(await github.provider.finish(finishing)).toEqual(profile);
  const [token] = github.asked;
  expect(Object.fromEntries(new URLSearchParams(token?.body))).toMatchObject({ code: 'c0de', code_verifier: verifier });
  expect(github.asked.slice(1).map(({ authorization }) => authorization)).toEqual(['Bearer token', 'Bearer token']);
});

test('A83 only the primary address counts, and only as far as GitHub has verified it', async () => {
  const unverified = [{ email: 'octo@example.org', primary: true, verified: false }];
  await using github = await startGitHub({ '/emails': unverified });
  expect(await github.provider.finish(finishing)).toMatchObject({ email: 'octo@example.org', emailVerified: false });
  await using silent = await startGitHub({ '/emails': { message: 'no' } });
  expect(await silent.provider.finish(finishing)).toMatchObject({ email: null, emailVerified: false });
});

test.each([
  ['a refused code', { '/token': { error: 'bad_verification_code' } }],
  ['a token without a type', { '/token': { access_token: 'x' } }],
  ['a person without a number', { '/user': { login: 'octo' } }],
  ['a number that is none', { '/user': { id: '1', login: 'octo' } }],
  ['nonsense', { '/user': 'x' }],
])('A91 %s is an answer that cannot be believed', async (_name, changed) => {
  await using github = await startGitHub(changed);
  await expect(github.provider.finish(finishing)).rejects.toMatchObject({ failure: 'provider-answer' });
});

test('A82 another state is refused before anything is asked', async () => {
  await using github = await startGitHub();
  await expect(github.provider.finish({ ...finishing, state: 'another' })).rejects.toMatchObject({
    failure: 'provider-answer',
  });
  expect(github.asked).toEqual([]);
});
