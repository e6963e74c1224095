import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { type AccessClaims, type AccessTokens, createAccessTokens } from './access-token.ts';
import type { SignerKey } from './signing-keys.ts';

/** Every token here is made as an attacker would make it; one thing is wrong with each. */

const kid = 'k'.repeat(43);
const claims: AccessClaims = {
  tokenId: 'the token',
  userId: 'ada',
  permissions: ['rooms:read'],
  generation: new Date(1_700_000_000_123),
  expiresAt: new Date(Math.floor(Date.now() / 1000) * 1000 + 600_000),
};
const issuer = 'https://atrium.example';
const goodHeader = { alg: 'EdDSA', typ: 'at+jwt', kid };

let access: AccessTokens;
let signer: SignerKey;
let stranger: SignerKey;
let publicSecrets: readonly Uint8Array[];
/** Every id of a key that was asked for. */
const asked: string[] = [];

beforeAll(async () => {
  const ours = await generateKeyPair('EdDSA', { extractable: true });
  signer = { kid, privateKey: ours.privateKey };
  stranger = { kid, privateKey: (await generateKeyPair('EdDSA')).privateKey };
  const jwk = await exportJWK(ours.publicKey);
  publicSecrets = [
    new TextEncoder().encode(await exportSPKI(ours.publicKey)),
    new TextEncoder().encode(JSON.stringify(jwk)),
    Buffer.from(jwk.x ?? '', 'base64url'),
  ];
  const keys = {
    current: () => Promise.resolve(signer),
    find: (id: string) => {
      asked.push(id);
      return Promise.resolve(id === kid ? ours.publicKey : null);
    },
    rotate: () => Promise.resolve(),
  };
  access = createAccessTokens({ keys, issuer, now: Date.now });
});

interface Forgery {
  readonly header?: Record<string, unknown>;
  readonly payload?: Record<string, unknown>;
  readonly key?: SignerKey['privateKey'] | Uint8Array;
}

/** A token like ours but for what is said. */
function forge({ header = {}, payload = {}, key = signer.privateKey }: Forgery): Promise<string> {
  const at = Math.floor(Date.now() / 1000);
  const { tokenId, userId, permissions, generation } = claims;
  const good = { iss: issuer, aud: 'atrium', sub: userId, iat: at, exp: at + 600, tid: tokenId, permissions };
  const merged = Object.entries({ ...good, gen: generation.getTime(), ...payload });
  const kept = Object.fromEntries(merged.filter(([, value]) => value !== undefined));
  return new SignJWT(kept).setProtectedHeader({ ...goodHeader, ...header }).sign(key);
}

test('A94 what was signed here is read here', async () => {
  expect(await access.verify(await access.sign(claims))).toEqual(claims);
  expect(await access.verify(await forge({}))).toMatchObject({ userId: 'ada' });
});

test.each<[string, Forgery]>([
  ['another issuer', { payload: { iss: 'https://evil.example' } }],
  ['another audience', { payload: { aud: 'elsewhere' } }],
  ['no issuer', { payload: { iss: undefined } }],
  ['no audience', { payload: { aud: undefined } }],
  ['no end', { payload: { exp: undefined } }],
  ['no person', { payload: { sub: undefined } }],
  ['no token', { payload: { tid: undefined } }],
  ['a number for a token', { payload: { tid: 7 } }],
  ['permissions that are a text', { payload: { permissions: 'rooms:read' } }],
  ['a beginning in the future', { payload: { nbf: Math.floor(Date.now() / 1000) + 60 } }],
  ['another name of the algorithm', { header: { alg: 'Ed25519' } }],
  ['another type', { header: { typ: 'JWT' } }],
  ['no type', { header: { typ: undefined } }],
  ['no key id', { header: { kid: undefined } }],
  ['the id of an unknown key', { header: { kid: 'u'.repeat(43) } }],
  ['an address to take the key from', { header: { jku: 'https://evil.example/keys.json' } }],
  ['a certificate to take the key from', { header: { x5u: 'https://evil.example/key.pem' } }],
])('A95 %s is refused', async (_name, forgery) => {
  expect(await access.verify(await forge(forgery))).toBe('invalid');
});

test('A95 signed with another key under the id of ours, or with a key that the header brings along', async () => {
  expect(await access.verify(await forge({ key: stranger.privateKey }))).toBe('invalid');
  const own = await generateKeyPair('EdDSA', { extractable: true });
  const header = { jwk: await exportJWK(own.publicKey) };
  expect(await access.verify(await forge({ header, key: own.privateKey }))).toBe('invalid');
});

test('A95 no signature at all: alg none, in every spelling, and a signature that was cut off', async () => {
  const unsecured = new UnsecuredJWT({ tid: 'the token' }).setSubject('ada').setIssuer(issuer).encode();
  expect(await access.verify(unsecured)).toBe('invalid');
  const [, payload = '', signature = ''] = (await forge({})).split('.');
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
    const header = Buffer.from(JSON.stringify({ ...goodHeader, alg })).toString('base64url');
    expect(await access.verify(`${header}.${payload}.`)).toBe('invalid');
    expect(await access.verify(`${header}.${payload}.${signature}`)).toBe('invalid');
  }
  const ours = Buffer.from(JSON.stringify(goodHeader)).toString('base64url');
  expect(await access.verify(`${ours}.${payload}.`)).toBe('invalid');
});

test('A95 HS256 with our public key as the secret (key confusion), in every form that it is known in', async () => {
  for (const key of publicSecrets) {
    expect(await access.verify(await forge({ header: { alg: 'HS256' }, key }))).toBe('invalid');
  }
});

test.each([
  '../../etc/passwd',
  '/dev/null',
  "' or 1=1 --",
  'https://evil.example/k',
  'k'.repeat(42),
  `${kid}/../${kid}`,
])('A95 the key id %j finds nothing', async (id) => {
  expect(await access.verify(await forge({ header: { kid: id } }))).toBe('invalid');
});

test('A94 one that is over is told from one that never was good', async () => {
  const past = Math.floor(Date.now() / 1000) - 60;
  expect(await access.verify(await forge({ payload: { exp: past } }))).toBe('expired');
  expect(await access.verify(await forge({ payload: { exp: past }, key: stranger.privateKey }))).toBe('invalid');
});

test.each(['', '.', '..', 'a.b.c', '\u0000', 'x'.repeat(5_000), 'eyJhbGciOiJFZERTQSJ9..', '{}.{}.{}'])(
  'A95 %.40j is refused without asking for a key',
  async (text) => {
    asked.length = 0;
    expect(await access.verify(text)).toBe('invalid');
    expect(asked).toEqual([]);
  },
);
