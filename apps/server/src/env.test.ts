import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from './env.ts';

test('nothing set is a working configuration', () => {
  expect(readConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: './data',
    secretKeys: [],
    sessionRotate: 3_600_000,
    sessionIdle: 1_209_600_000,
  });
});

test('durations, origins and proxies are read', () => {
  const config = readConfig({
    SESSION_IDLE: '2s',
    PUBLIC_URL: 'https://atrium.example.org/',
    ALLOWED_ORIGINS: 'https://a.example.org, https://b.example.org',
    DATABASE_URL: 'memory:',
    SMTP_URL: 'smtps://mail.example.org',
    TRUST_PROXY: '1',
  });
  expect(config).toMatchObject({
    sessionIdle: 2_000,
    publicUrl: 'https://atrium.example.org',
    allowedOrigins: ['https://a.example.org', 'https://b.example.org'],
    databaseUrl: 'memory:',
    trustedProxies: 1,
  });
});

test('all mistakes come at once, each with its name and an example, none with its value', () => {
  const read = () => readConfig({ PORT: 'x', SESSION_IDLE: 'soon', DATABASE_URL: 'mysql://root:hunter2@db' });
  expect(read).toThrow(/PORT is not as expected. Example: PORT=3000/);
  expect(read).toThrow(/SESSION_IDLE .*Example: SESSION_IDLE=14d/);
  expect(read).toThrow(/DATABASE_URL/);
  expect(read).not.toThrow(/hunter2/);
});

test('PostgreSQL needs a secret key: its folder is not ours to keep one in', () => {
  const postgres = { DATABASE_URL: 'postgres://localhost/atrium' };
  expect(() => readConfig(postgres)).toThrow(/SECRET_KEY is needed/);
  expect(() => readConfig({ ...postgres, SECRET_KEY: 'too short' })).toThrow(/SECRET_KEY is not as expected/);
  const one = 'x'.repeat(32);
  const two = 'y'.repeat(32);
  expect(readConfig({ ...postgres, SECRET_KEY: `${one},${two}` }).secretKeys).toEqual([one, two]);
});

test('A42 a server that others reach does not start without a mail server, and says so', () => {
  const needed = /SMTP_URL is needed in production.*Example: SMTP_URL=smtps:/;
  expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(needed);
  expect(() => readConfig({ PUBLIC_URL: 'https://atrium.example.org' })).toThrow(needed);
  expect(() => readConfig({ PUBLIC_URL: 'http://localhost:8080' })).not.toThrow();
  const SMTP_URL = 'smtp://user:hunter2@mail.example.org:587?requireTLS=true';
  expect(readConfig({ NODE_ENV: 'production', SMTP_URL }).smtpUrl).toBe(SMTP_URL);
  expect(() => readConfig({ SMTP_URL: 'mail:hunter2@example.org' })).toThrow(/^(?!.*hunter2)[^]*SMTP_URL is not as/);
});

test('MAIL_FROM is one address, with or without a name', () => {
  for (const MAIL_FROM of ['no-reply@example.org', 'Atrium <no-reply@example.org>'])
    expect(readConfig({ MAIL_FROM }).mailFrom).toBe(MAIL_FROM);
  for (const MAIL_FROM of ['nobody', 'a@b.org, c@d.org', 'a@b.org\r\nBcc: c@d.org'])
    expect(() => readConfig({ MAIL_FROM })).toThrow(/MAIL_FROM is not as expected/);
});

test('.env.example lists every setting, each with its default or with a value that is taken', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const lines = [...text.matchAll(/^(# )?([A-Z_]+)=(.+)$/gm)];
  const values = (only: (comment: string | undefined) => boolean) =>
    Object.fromEntries(lines.flatMap(([, comment, name, value]) => (only(comment) && name ? [[name, value]] : [])));
  const asked = new Set<string>();
  const defaults = readConfig(new Proxy({}, { get: (_target, name) => void asked.add(String(name)) }));
  expect(new Set(lines.map(([, , name]) => name))).toEqual(asked);
  expect(readConfig(values((comment) => comment === undefined))).toEqual(defaults);
  expect(() => readConfig(values(() => true))).not.toThrow();
});

test('a provider is switched on by all of its settings; half of them is a mistake, named with the others', () => {
  const github = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
  const own = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'id', OIDC_CLIENT_SECRET: 'secret' };
  expect(readConfig({ ...github, ...own }).providers).toMatchObject([
    { id: 'github' },
    { id: 'oidc', name: 'OpenID Connect', issuer: 'http://127.0.0.1:9' },
  ]);
  const read = () => readConfig({ GITHUB_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'hunter2', OIDC_NAME: 'Example' });
  expect(read).toThrow(/GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET belong together/);
  expect(read).toThrow(/GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together/);
  expect(read).toThrow(/OIDC_NAME/);
  expect(read).not.toThrow(/hunter2/);
  expect(() => readConfig({ ...own, OIDC_ISSUER: 'http://id.example.org' })).toThrow(/OIDC_ISSUER is not as expected/);
});

test('A64 the strict profile shortens sessions, and what is said explicitly wins', () => {
  const strict = readConfig({ SESSION_PROFILE: 'strict' });
  const [minute, hour] = [60_000, 3_600_000];
  expect(strict).toMatchObject({ sessionIdle: hour, sessionAbsolute: 24 * hour, sudoAge: 5 * minute });
  expect(strict.sessionExtend).toBe(false);
  expect(readConfig({}).sessionExtend).toBe(true);
  const own = readConfig({ SESSION_PROFILE: 'strict', SESSION_IDLE: '2h', SESSION_EXTEND: 'on' });
  expect(own).toMatchObject({ sessionIdle: 2 * hour, sessionAbsolute: 24 * hour, sessionExtend: true });
  expect(() => readConfig({ SESSION_PROFILE: 'lax' })).toThrow(/SESSION_PROFILE/);
});
