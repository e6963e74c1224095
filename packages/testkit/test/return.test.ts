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

const clients = 5;

let server: TestServer;
let away: Person;
let pen: Person;

beforeAll(async () => {
  server = await startTestServer({ commandsPerSecond: 10_000 });
  away = await Person.signUp(server.url, 'Ada');
  pen = await Person.signUp(server.url, 'Bob');
});
afterAll(() => server[Symbol.asyncDispose]());

/** Some clients, each in a room of its own and away for another time. */
async function returnsAfter(loss: Fault, isTold: boolean): Promise<readonly Return[]> {
  const each = Array.from({ length: clients }, async (_, index) => {
    const roomId = await away.createBoard();
    await away.letIn(pen, roomId, 'editor');
    return measureReturn({ server, away, pen, roomId, loss, offline: 200 + 340 * index, isTold });
  });
  return Promise.all(each);
}

async function returnsOf(kinds: readonly Fault[], isTold: boolean): Promise<readonly Return[]> {
  const all: Return[] = [];
  for (const loss of kinds) all.push(...(await returnsAfter(loss, isTold)));
  return all;
}

/** How soon is measured by `pnpm bench reconnect`. */
test('a client comes back by itself and goes on by diffs, whatever became of the network, told of it or not', async () => {
  for (const isTold of [true, false]) {
    const returns = await returnsOf(losses, isTold);
    expect(returns).toHaveLength(4 * clients);
    expect(returns.map(({ snapshots }) => snapshots)).toEqual(returns.map(() => 0));
  }
}, 120_000);
