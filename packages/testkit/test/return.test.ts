import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Fault,
  losses,
  measureReturn,
  Person,
  type Return,
  startTestServer,
  type TestServer,
} from '../src/index.ts';

/** How soon a client of ours is live when the network is there again. */

let server: TestServer;
let away: Person;
let pen: Person;

beforeAll(async () => {
  server = await startTestServer({ commandsPerSecond: 10_000 });
  away = await Person.signUp(server.url, 'Ada');
  pen = await Person.signUp(server.url, 'Bob');
});
afterAll(() => server[Symbol.asyncDispose]());

/** Ten clients, each in a room of its own and away for another time. */
async function tenReturns(loss: Fault, isTold: boolean): Promise<readonly Return[]> {
  const each = Array.from({ length: 10 }, async (_, index) => {
    const roomId = await away.createBoard();
    await away.letIn(pen, roomId, 'editor');
    return measureReturn({ server, away, pen, roomId, loss, offline: 200 + 170 * index, isTold });
  });
  return Promise.all(each);
}

async function returnsOf(kinds: readonly Fault[], isTold: boolean): Promise<readonly Return[]> {
  const all: Return[] = [];
  for (const loss of kinds) all.push(...(await tenReturns(loss, isTold)));
  return all;
}

const p95 = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;

test('a client that is told that the network is back is live within a second, by diffs, whatever became of it', async () => {
  const returns = await returnsOf(losses, true);
  expect(returns).toHaveLength(40);
  expect(returns.map(({ snapshots }) => snapshots)).toEqual(returns.map(() => 0));
  expect(p95(returns.map(({ live }) => live))).toBeLessThan(1_000);
}, 120_000);

test('a client that nobody tells is live within a second too, where the network answers', async () => {
  const returns = await returnsOf(
    losses.filter(({ name }) => name !== 'black hole'),
    false,
  );
  expect(returns.map(({ snapshots }) => snapshots)).toEqual(returns.map(() => 0));
  expect(p95(returns.map(({ live }) => live))).toBeLessThan(1_000);
}, 120_000);
