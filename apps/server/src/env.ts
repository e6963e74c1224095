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
  readonly sudoAge: number;
  readonly sweepInterval: number;
  /** Commands that one tab may send, on average; twice as many at once. */
  readonly commandsPerSecond: number;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

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
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

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
  SESSION_IDLE: [duration.default(14 * unitMs.d), '14d'],
  SESSION_ABSOLUTE: [duration.default(30 * unitMs.d), '30d'],
  SESSION_ROTATE: [duration.default(unitMs.h), '1h'],
  SUDO_AGE: [duration.default(10 * unitMs.m), '10m'],
  SWEEP_INTERVAL: [duration.default(30 * unitMs.s), '30s'],
  COMMANDS_PER_SECOND: [z.coerce.number().int().min(1).max(1_000_000).default(40), '40'],
  LOG_LEVEL: [z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'), 'info'],
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
    sessionIdle: read('SESSION_IDLE'),
    sessionAbsolute: read('SESSION_ABSOLUTE'),
    sessionRotate: read('SESSION_ROTATE'),
    sudoAge: read('SUDO_AGE'),
    sweepInterval: read('SWEEP_INTERVAL'),
    commandsPerSecond: read('COMMANDS_PER_SECOND'),
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
