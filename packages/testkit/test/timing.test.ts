import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, startTestServer, type TestServer } from '../src/index.ts';

/**
 * Whether an account exists must show in no answer: not in its text, not in its headers, not in its time. Every question
 * is asked about addresses of each kind in turn, so that whatever else the machine does falls on all kinds alike.
 */

/** What an address can be to this server. */
const kinds = ['known', 'claimed', 'unknown'] as const;
type Kind = (typeof kinds)[number];

interface Question {
  readonly path: string;
  readonly input: (email: string) => object;
}

/** A procedure that takes an address and must not tell: one line. */
const questions: readonly Question[] = [
  { path: 'auth.login', input: (email) => ({ email, password: 'wrong horse' }) },
  { path: 'auth.requestMagicLink', input: (email) => ({ email }) },
  { path: 'auth.requestPasswordReset', input: (email) => ({ email }) },
  { path: 'auth.register', input: (email) => ({ email, password: 'correct horse', name: 'Ada' }) },
];

/**
 * So much may lie between the fastest kind and the slowest: a factor, or for what answers at once a few milliseconds, which
 * is what two equal calls differ by here. One comparison of a password more or less is a factor of about 1.7, and 15 ms.
 */
const tolerance = { factor: 1.3, time: 2 };
/** How often each kind is asked in one round. A difference is believed when five more rounds have not made it go. */
const samples = 15;
const rounds = 6;

let server: TestServer;
const addresses: Record<Kind, readonly string[]> = {
  known: newAddresses(),
  claimed: newAddresses(),
  unknown: newAddresses(),
};

beforeAll(async () => {
  server = await startTestServer();
  // Somebody whose hash all of them get: making each would take longer than the rest.
  await Person.signUp(server.url);
  const insert = async (email: string, confirmedAt: Date | null) => {
    const id = randomUUID();
    const at = confirmedAt?.toISOString() ?? null;
    await server.runSql(sql`insert into users (id, email, name, confirmed_at) values (${id}, ${email}, 'Ada', ${at})`);
    await server.runSql(sql`insert into credentials (user_id, password_hash)
      select ${id}, password_hash from credentials limit 1`);
  };
  for (const email of addresses.known) await insert(email, new Date());
  for (const email of addresses.claimed) await insert(email, null);
});
afterAll(() => server[Symbol.asyncDispose]());

/** One for each sample, because asking about an address may change what it is; the last one is for the texts. */
function newAddresses(): readonly string[] {
  return Array.from({ length: 1 + rounds * samples }, () => `${randomUUID()}@example.org`);
}

interface Answer {
  readonly text: string;
  readonly time: number;
}

async function ask({ path, input }: Question, email: string): Promise<Answer> {
  const body = JSON.stringify(input(email));
  const headers = { origin: server.url, 'content-type': 'application/json' };
  const began = performance.now();
  const response = await fetch(`${server.url}/trpc/${path}`, { method: 'POST', headers, body });
  const answer: unknown = await response.json();
  const time = performance.now() - began;
  return { text: JSON.stringify([response.status, headersOf(response), shapeOf(answer, email)]), time };
}

/** Names of all, values of those that do not change by themselves. */
function headersOf({ headers }: Response): unknown {
  const names = [...headers.keys()]
    .filter((name) => !['date', 'set-cookie', 'content-length'].includes(name))
    .toSorted();
  const cookies = headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, '='));
  return [names.map((name) => [name, headers.get(name)]), cookies];
}

/** The answer without what is new in each: ids, times, and the address that was asked about. */
function shapeOf(answer: unknown, email: string): unknown {
  const text = JSON.stringify(answer);
  const plain = text.replaceAll(email, '<address>').replaceAll(/"\d{4}-[^"]*Z"/g, '"<time>"');
  return JSON.parse(plain.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>'));
}

type Times = Readonly<Record<Kind, number[]>>;

/** One round: adds to the times of each kind. */
async function measure(question: Question, { round, times }: { round: number; times: Times }): Promise<void> {
  for (let n = 0; n < samples; n++) {
    // The order changes, so that nobody is always asked last.
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(n + turn) % kinds.length] ?? 'known';
      const email = addresses[kind][n + round * samples] ?? '';
      times[kind].push((await ask(question, email)).time);
    }
  }
}

function quantileOf(times: readonly number[], share: number): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length * share)] ?? Number.NaN;
}

/**
 * By the lower quartile of all rounds: whatever else the machine does makes answers slower and never faster, so it moves
 * the median of a busy minute, and the quartile hardly. More work for one kind moves both.
 */
function compare(times: Times): { readonly line: string; readonly isEqual: boolean } {
  const of = (share: number) => kinds.map((kind) => quantileOf(times[kind], share));
  const quartiles = of(0.25);
  const [least, most] = [Math.min(...quartiles), Math.max(...quartiles)];
  const texts = of(0.5).map((median, n) => `${kinds[n]} ${median.toFixed(1)} (${quartiles[n]?.toFixed(1)})`);
  return {
    line: `median (lower quartile) in ms: ${texts.join(', ')}; ratio ${(most / least).toFixed(2)}, n = ${times.known.length}`,
    isEqual: most / least < tolerance.factor || most - least < tolerance.time,
  };
}

// The texts first: the first answers warm everything up.
test.each(questions)('A119 $path answers in the same words whatever the address is', async (question) => {
  const texts = new Map<Kind, string>();
  for (const kind of kinds) texts.set(kind, (await ask(question, addresses[kind].at(-1) ?? '')).text);
  expect([...new Set(texts.values())]).toEqual([texts.get('known')]);
});

test.each(questions)(
  'A119 $path takes the same time whatever the address is',
  async (question) => {
    const times: Times = { known: [], claimed: [], unknown: [] };
    let result = compare(times);
    for (let round = 0; round < rounds && !result.isEqual; round++) {
      await measure(question, { round, times });
      result = compare(times);
    }
    // oxlint-disable-next-line no-console -- what was measured is what a reader wants to know
    console.log(`${question.path}: ${result.line}`);
    expect(result).toMatchObject({ isEqual: true });
  },
  120_000,
);
