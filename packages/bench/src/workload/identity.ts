import { Person, Program, startTestServer } from '@atrium/testkit';
import { randomUUID } from 'node:crypto';
import { percentile } from '../percentile.ts';
import type { Row } from '../report.ts';

/** Each address is guessed at as often as it may be without being refused for that. */
const guesses = 7;
const addresses = 8;
const calls = 300;

/**
 * What it costs to know who calls, and whether the time of a refused sign-in tells if somebody has the address. All kinds
 * are asked in turn, so that whatever else the machine does falls on all alike.
 */
export async function identity(): Promise<Row[]> {
  await using server = await startTestServer({ commandsPerSecond: 1_000_000 });
  return [...(await signIns(server.url)), ...(await requests(await Person.signUp(server.url)))];
}

async function signIns(url: string): Promise<Row[]> {
  const known = await many(() => Person.signUp(url));
  const claimed = await many(() => Person.register(url));
  const times = await inTurn(guesses * addresses, {
    known: (round) => guess(url, known[round % addresses] ?? ''),
    claimed: (round) => guess(url, claimed[round % addresses] ?? ''),
    unknown: () => guess(url, `${randomUUID()}@example.org`),
  });
  return (['claimed', 'unknown'] as const).map((kind) => ({
    what: `sign-in refused, ${kind} address, median`,
    value: `${middle(times[kind]).toFixed(1)} ms`,
    baseline: `address of an account: ${middle(times.known).toFixed(1)} ms`,
    ratio: middle(times[kind]) / middle(times.known),
  }));
}

async function many(make: () => Promise<Person>): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: addresses }, async () => (await make()).email));
}

async function guess(url: string, email: string): Promise<void> {
  const body = JSON.stringify({ email, password: 'wrong horse' });
  const headers = { origin: url, 'content-type': 'application/json' };
  const response = await fetch(`${url}/trpc/auth.login`, { method: 'POST', headers, body });
  if (!(await response.text()).includes('BAD_CREDENTIALS')) throw new Error('A guess was not compared');
}

async function requests(ada: Person): Promise<Row[]> {
  const bot = await Program.of(ada, ['account:read']);
  const nobody = new Person(ada.url);
  const times = await inTurn(calls, {
    nobody: () => nobody.query('auth.me'),
    session: () => ada.query('auth.me'),
    token: () => bot.query('auth.me'),
  });
  return (['session', 'token'] as const).map((kind) => ({
    what: `a request that asks who it is, by ${kind === 'session' ? 'a cookie' : 'an API token'}, median`,
    value: `${middle(times[kind]).toFixed(2)} ms`,
    baseline: `the same by nobody: ${middle(times.nobody).toFixed(2)} ms`,
    ratio: middle(times[kind]) / middle(times.nobody),
  }));
}

async function inTurn<Kind extends string>(
  rounds: number,
  kinds: Readonly<Record<Kind, (round: number) => Promise<unknown>>>,
): Promise<Record<Kind, number[]>> {
  const names = Object.keys(kinds) as Kind[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Kind, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const began = performance.now();
      await kinds[name](round);
      times[name].push(performance.now() - began);
    }
  }
  return times;
}

function middle(times: readonly number[]): number {
  return percentile(times, 50);
}
