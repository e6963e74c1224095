import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, startTestServer, type TestServer } from '../src/index.ts';

/**
 * Whether an account exists must show in no answer: not in its text, not in its headers, not in its time. Every question
 * is asked about addresses of each kind in turn, so that whatever else the machine does falls on all kinds alike, and the
 * medians are compared.
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
  { path: 'auth.register', input: (email) => ({ email, password: 'correct horse', name: 'Ada' }) },
];

/** A median may be off by this factor. One comparison of a password more or less would be a factor of about two. */
const tolerance = 1.35;
/** How often each kind is asked in one round; three more rounds are played before a difference is believed. */
const samples = 25;
const rounds = 4;

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

async function measure(question: Question, round: number): Promise<ReadonlyMap<Kind, number>> {
  const times = new Map<Kind, number[]>(kinds.map((kind) => [kind, []]));
  for (let n = 0; n < samples; n++) {
    // The order changes, so that nobody is always asked last.
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(n + turn) % kinds.length] ?? 'known';
      const email = addresses[kind][n + round * samples] ?? '';
      times.get(kind)?.push((await ask(question, email)).time);
    }
  }
  return new Map([...times].map(([kind, list]) => [kind, medianOf(list)]));
}

function medianOf(list: readonly number[]): number {
  return list.toSorted((one, other) => one - other)[Math.floor(list.length / 2)] ?? Number.NaN;
}

// The texts first: the first answers warm everything up.
test.each(questions)('A119 $path answers in the same words whatever the address is', async (question) => {
  const texts = new Map<Kind, string>();
  for (const kind of kinds) texts.set(kind, (await ask(question, addresses[kind].at(-1) ?? '')).text);
  expect([...new Set(texts.values())]).toEqual([texts.get('known')]);
});

test.each(questions)('A119 $path takes the same time whatever the address is', async (question) => {
  let ratio = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && ratio > tolerance; round++) {
    const medians = await measure(question, round);
    ratio = Math.max(...medians.values()) / Math.min(...medians.values());
    const line = [...medians].map(([kind, median]) => `${kind} ${median.toFixed(1)} ms`).join(', ');
    // oxlint-disable-next-line no-console -- what was measured is what a reader wants to know
    console.log(`${question.path}: ${line}; ratio ${ratio.toFixed(2)}`);
  }
  expect(ratio).toBeLessThan(tolerance);
});
