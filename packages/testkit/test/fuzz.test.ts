import { boardProblems, hostileCommands, hostileElements, victims } from '@atrium/kinds/testing';
import type { RoomEvent, SendAnswer } from '@atrium/rooms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person, type RawSocket, startTestServer, type TestServer } from '../src/index.ts';

/** 10,000 hostile elements and commands through a real socket: none is accepted, nobody hears of them, nobody dies. */

const seed = 20_261_125;
let server: TestServer;
let ada: Person;
let roomId: string;

beforeAll(async () => {
  server = await startTestServer({ commandsPerSecond: 100_000 });
  ada = await Person.signUp(server.url);
  roomId = await ada.createBoard();
});
afterAll(() => server[Symbol.asyncDispose]());

type Command = { readonly name: string; readonly input: unknown };

/** Sends what a peer could send: what JSON cannot carry is gone before it leaves, so it is not sent at all. */
async function sendAll(
  socket: RawSocket,
  clientId: string,
  commands: readonly Command[],
): Promise<SendAnswer['results']> {
  const results: SendAnswer['results'][number][] = [];
  for (let seq = 0; seq < commands.length;) {
    const some = commands.slice(seq, seq + 20).map((command, index) => ({ seq: seq + index + 1, ...command }));
    const sendable = fitting(some);
    const { result, error } = await socket.call('mutation', 'rooms.send', { roomId, clientId, commands: sendable });
    if (error || !result) throw new Error(`seed ${seed}: ${error?.message}`);
    results.push(...(result.data as SendAnswer).results);
    seq += sendable.length;
  }
  return results;
}

/** As many as fit into one frame. */
function fitting<Item>(items: readonly Item[]): readonly Item[] {
  for (let count = items.length; count > 1; count--) {
    if (JSON.stringify(items.slice(0, count)).length < 200_000) return items.slice(0, count);
  }
  return items.slice(0, 1);
}

test('10,000 hostile elements and commands change nothing', async () => {
  await using socket = await ada.openSocket();
  const put = victims().map((element) => ({ name: 'edit', input: { ops: [{ op: 'put', element }] } }));
  expect((await sendAll(socket, 'good', put)).filter(({ ok }) => !ok)).toEqual([]);

  await using watcher = await ada.openSocket();
  const watch = watcher.send('subscription', 'rooms.watch', { roomId });
  const before = await watcher.event('snapshot');

  const elements = hostileElements(seed, 5_000).map((element) => ({
    name: 'edit',
    input: { ops: [{ op: 'put', element }] },
  }));
  const all = [...elements, ...hostileCommands(seed, 5_000)].map(asSent).filter(isSendable);
  const results = await sendAll(socket, 'evil', all);
  const accepted = results.filter(({ ok }) => ok).map(({ seq }) => all[seq - 1]);
  expect(accepted, `seed ${seed}`).toEqual([]);
  expect(results.length).toBeGreaterThan(9_500);

  const changes = watcher
    .eventsOf(watch)
    .slice(1)
    .map(({ data }) => data)
    .filter(isChange);
  expect(changes).toEqual([]);
  expect(boardProblems((before as Extract<RoomEvent, { type: 'snapshot' }>).state)).toEqual([]);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
}, 120_000);

/** What is left of a value behind JSON, as the server will see it. */
function asSent(command: Command): Command {
  return JSON.parse(JSON.stringify(command)) as Command;
}

/** The request needs a name and fits a frame; what does not is refused whole, see hostile.test.ts. */
function isSendable(command: Command): boolean {
  return /^[A-Za-z0-9]{1,64}$/.test(command.name) && JSON.stringify(command).length < 200_000;
}

function isChange(event: RoomEvent): boolean {
  return event.type === 'diff' && Object.values(event.diff).some((records) => Object.keys(records).length > 0);
}
