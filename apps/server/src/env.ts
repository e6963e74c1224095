import { isLoopbackName } from '@atrium/auth';
import { z } from 'zod';

/** Everything the server can be told, already in the units the code uses. Times in milliseconds. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Origin of the app; undefined: http://localhost and the port that was bound. */
  readonly publicUrl: string | undefined;
  readonly allowedOrigins: readonly string[];
  /** A `postgres://` URL, `memory:`, or the folder of the embedded database. */
  readonly databaseUrl: string;
  /** Newest first; empty: one is made and kept in the data folder. */
  readonly secretKeys: readonly string[];
  /** `smtp://` or `smtps://`; undefined: mails are kept in memory, for the mailbox page. */
  readonly smtpUrl: string | undefined;
  /** Who mails come from; undefined: no-reply at the host of `publicUrl`. */
  readonly mailFrom: string | undefined;
  /** How many proxies in front append to X-Forwarded-For; 0: the header is not believed. */
  readonly trustedProxies: number;
  readonly sessionIdle: number;
  readonly sessionAbsolute: number;
  /** How old the token of a session may get before it is replaced. */
  readonly sessionRotate: number;
  /** True: a session may be given more time than its absolute life, up to a bound. */
  readonly sessionExtend: boolean;
  readonly sudoAge: number;
  readonly sweepInterval: number;
  /** Commands that one tab may send, on average; twice as many at once. */
  readonly commandsPerSecond: number;
  /** In the order of the buttons. */
  readonly providers: readonly ProviderSettings[];
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Who else may say who somebody is. */
export type ProviderSettings =
  | { readonly id: 'github'; readonly clientId: string; readonly clientSecret: string }
  | {
      readonly id: 'google' | 'oidc';
      readonly name: string;
      readonly issuer: string;
      readonly clientId: string;
      readonly clientSecret: string;
    };

/** All that is wrong with the environment, one line each. */
export class BadEnvironment extends Error {
  constructor(lines: readonly string[]) {
    super(
      `The environment has ${lines.length === 1 ? 'a mistake' : 'mistakes'}:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    );
    this.name = 'BadEnvironment';
  }
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "14d", "10m", "2s" -> ms. */
const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/)
  .transform((text) => {
    const [, amount = '0', unit = 'ms'] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
    return Number(amount) * unitMs[unit as keyof typeof unitMs];
  })
  .refine((ms) => ms > 0);

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => new URL(url).pathname === '/' && new URL(url).search === '')
  .transform((url) => new URL(url).origin);

/** True for the names that this machine has for itself. */
function isLoopbackOrigin(url: string): boolean {
  return isLoopbackName(new URL(url).hostname);
}

/** An issuer on this machine may do without https. */
const issuer = z.url({ protocol: /^https?$/ }).refine((url) => url.startsWith('https:') || isLoopbackOrigin(url));

const plain = z.string().trim().min(1).max(500).optional();

/** Each variable: its schema and an example for the person who got it wrong. */
const variables = {
  PORT: [z.coerce.number().int().min(0).max(65_535).default(3000), '3000'],
  HOST: [z.string().min(1).default('127.0.0.1'), '127.0.0.1'],
  PUBLIC_URL: [origin.optional(), 'https://atrium.example.org'],
  ALLOWED_ORIGINS: [
    z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      )
      .pipe(z.array(origin)),
    'https://one.example.org,https://two.example.org',
  ],
  DATA_DIR: [z.string().min(1).default('./data'), './data'],
  DATABASE_URL: [
    z
      .string()
      .regex(/^(postgres(ql)?:\/\/.+|memory:)$/)
      .optional(),
    'postgres://atrium:secret@localhost/atrium',
  ],
  SECRET_KEY: [
    z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((part) => part !== ''))
      .pipe(z.array(z.string().min(32))),
    'some-64-characters-of-randomness (openssl rand -hex 32 makes them)',
  ],
  SMTP_URL: [
    z
      .url({ protocol: /^smtps?$/ })
      .refine((url) => new URL(url).hostname !== '')
      .optional(),
    'smtps://user:password@mail.example.org',
  ],
  MAIL_FROM: [
    z
      .string()
      .regex(/^[^@<>\r\n]*<?[^@<>\s]+@[^@<>\s]+>?$/)
      .optional(),
    'Atrium <no-reply@example.org>',
  ],
  NODE_ENV: [z.string().default('development'), 'production'],
  TRUST_PROXY: [z.stringbool().transform(Number).or(z.coerce.number().int().min(0).max(8)).default(0), '1'],
  SESSION_PROFILE: [z.enum(['normal', 'strict']).default('normal'), 'strict'],
  SESSION_IDLE: [duration.optional(), '14d'],
  SESSION_ABSOLUTE: [duration.optional(), '30d'],
  SESSION_ROTATE: [duration.default(unitMs.h), '1h'],
  SESSION_EXTEND: [z.stringbool().optional(), 'off'],
  SUDO_AGE: [duration.optional(), '10m'],
  SWEEP_INTERVAL: [duration.default(30 * unitMs.s), '30s'],
  COMMANDS_PER_SECOND: [z.coerce.number().int().min(1).max(1_000_000).default(40), '40'],
  GITHUB_CLIENT_ID: [plain, 'Iv1.0123456789abcdef'],
  GITHUB_CLIENT_SECRET: [plain, 'what-the-provider-gave-you'],
  GOOGLE_CLIENT_ID: [plain, '1234-abcd.apps.googleusercontent.com'],
  GOOGLE_CLIENT_SECRET: [plain, 'what-the-provider-gave-you'],
  OIDC_ISSUER: [issuer.optional(), 'https://id.example.org'],
  OIDC_CLIENT_ID: [plain, 'atrium'],
  OIDC_CLIENT_SECRET: [plain, 'what-the-provider-gave-you'],
  OIDC_NAME: [z.string().trim().min(1).max(40).optional(), 'Example'],
  LOG_LEVEL: [z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'), 'info'],
} as const;

/** What a profile of sessions means where nothing else is said. */
const profiles = {
  normal: { idle: 14 * unitMs.d, absolute: 30 * unitMs.d, sudo: 10 * unitMs.m, isExtendable: true },
  strict: { idle: unitMs.h, absolute: unitMs.d, sudo: 5 * unitMs.m, isExtendable: false },
} as const;

type Variable = keyof typeof variables;

/** Reads the environment; the only file that does. Throws `BadEnvironment` with every mistake at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const mistakes: string[] = [];
  const read = <Name extends Variable>(name: Name): z.output<(typeof variables)[Name][0]> => {
    const [schema, example] = variables[name];
    const value = env[name] === '' ? undefined : env[name];
    const parsed = schema.safeParse(value);
    if (!parsed.success) mistakes.push(`${name} is not as expected. Example: ${name}=${example}`);
    return parsed.data as z.output<(typeof variables)[Name][0]>;
  };
  // Undefined when it was misspelt, and then nothing is started.
  const profile = profiles[read('SESSION_PROFILE')] ?? profiles.normal;
  const config: Config = {
    port: read('PORT'),
    host: read('HOST'),
    publicUrl: read('PUBLIC_URL'),
    allowedOrigins: read('ALLOWED_ORIGINS'),
    databaseUrl: read('DATABASE_URL') ?? read('DATA_DIR'),
    secretKeys: read('SECRET_KEY'),
    smtpUrl: read('SMTP_URL'),
    mailFrom: read('MAIL_FROM'),
    trustedProxies: read('TRUST_PROXY'),
    sessionIdle: read('SESSION_IDLE') ?? profile.idle,
    sessionAbsolute: read('SESSION_ABSOLUTE') ?? profile.absolute,
    sessionRotate: read('SESSION_ROTATE'),
    sessionExtend: read('SESSION_EXTEND') ?? profile.isExtendable,
    sudoAge: read('SUDO_AGE') ?? profile.sudo,
    sweepInterval: read('SWEEP_INTERVAL'),
    commandsPerSecond: read('COMMANDS_PER_SECOND'),
    providers: readProviders(read, mistakes),
    logLevel: read('LOG_LEVEL'),
  };
  if (/^postgres(ql)?:/.test(config.databaseUrl) && config.secretKeys?.length === 0)
    mistakes.push(`SECRET_KEY is needed with DATABASE_URL. Example: SECRET_KEY=${variables.SECRET_KEY[1]}`);
  const isOpen =
    read('NODE_ENV') === 'production' || (config.publicUrl !== undefined && !isLoopbackOrigin(config.publicUrl));
  if (isOpen && config.smtpUrl === undefined && !mistakes.some((line) => line.startsWith('SMTP_URL')))
    mistakes.push(
      `SMTP_URL is needed in production and wherever others reach this server: without it, mails with links that sign people in lie open on a page. Example: SMTP_URL=${variables.SMTP_URL[1]}`,
    );
  if (mistakes.length > 0) throw new BadEnvironment(mistakes);
  return config;
}

type ProviderVariable = Extract<Variable, `${'GITHUB' | 'GOOGLE' | 'OIDC'}_${string}`>;

/** A provider is switched on by its id and secret; half of them is a mistake. */
function readProviders(
  read: (name: ProviderVariable) => string | undefined,
  mistakes: string[],
): readonly ProviderSettings[] {
  const github = { clientId: read('GITHUB_CLIENT_ID'), clientSecret: read('GITHUB_CLIENT_SECRET') };
  const google = { clientId: read('GOOGLE_CLIENT_ID'), clientSecret: read('GOOGLE_CLIENT_SECRET') };
  const own = {
    issuer: read('OIDC_ISSUER'),
    clientId: read('OIDC_CLIENT_ID'),
    clientSecret: read('OIDC_CLIENT_SECRET'),
  };
  const name = read('OIDC_NAME');
  const isBroken = mistakes.some((line) => /^(GITHUB|GOOGLE|OIDC)_/.test(line));
  if (!isBroken) {
    mistakes.push(...halfOf('GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET', github));
    mistakes.push(...halfOf('GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET', google));
    mistakes.push(...halfOf('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET', own));
    if (name !== undefined && own.issuer === undefined)
      mistakes.push('OIDC_NAME is worth nothing without OIDC_ISSUER.');
  }
  return [
    ...(isWhole(github) ? [{ id: 'github', ...github } as const] : []),
    ...(isWhole(google)
      ? [{ id: 'google', name: 'Google', issuer: 'https://accounts.google.com', ...google } as const]
      : []),
    ...(isWhole(own) ? [{ id: 'oidc', name: name ?? 'OpenID Connect', ...own } as const] : []),
  ];
}

function halfOf(names: string, settings: Readonly<Record<string, string | undefined>>): readonly string[] {
  const isEmpty = Object.values(settings).every((value) => value === undefined);
  return isEmpty || isWhole(settings) ? [] : [`${names} belong together: set all of them or none.`];
}

function isWhole<Key extends string>(
  settings: Readonly<Record<Key, string | undefined>>,
): settings is Record<Key, string> {
  return Object.values(settings).every((value) => value !== undefined);
}
