import { apiToken, createAtriumClient, openRoom, type TokenPair } from '@atrium/client';
import { boardKind } from '@atrium/kinds/board';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Person, Program, startTestServer, type TestServer, until } from '../src/index.ts';

/** Our client as a program uses it, against a real server. */

let server: TestServer;
let ada: Person;
let roomId: string;
beforeAll(async () => {
  server = await startTestServer();
  ada = await Person.signUp(server.url);
  await server.runSql(sql`update users set confirmed_at = now()`);
  roomId = await ada.createBoard();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A client that keeps its tokens in `kept`. */
function open(pair: TokenPair) {
  const kept = [pair];
  let endedWith: string | null = null;
  const client = createAtriumClient({
    url: `${server.url}/trpc`,
    // The client asks for no more of a socket than `ws` has; only the DOM's declarations differ.
    WebSocket: WebSocket as never,
    token: apiToken({ pair, onRefresh: (next) => void kept.push(next) }),
    onSessionEnded: (reason) => (endedWith = reason),
  });
  return {
    client,
    kept,
    endedWith: () => endedWith,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

async function inRoom({ client }: ReturnType<typeof open>) {
  const room = openRoom(client, { kind: boardKind, roomId });
  await until(() => room.status.get().phase === 'live', { what: 'the open room', patience: 5_000 });
  return room;
}

test('A106 a program reads, draws and is revoked; a permission to read the account is not needed for that', async () => {
  const { issued } = await Program.of(ada, ['rooms:read', 'rooms:write']);
  await using program = open(issued);
  expect((await program.client.trpc.rooms.list.query()).map(({ id }) => id)).toContain(roomId);
  const room = await inRoom(program);
  expect(await room.send('setMeta', { background: '#123456' })).toMatchObject({ ok: true });
  await ada.mutate('tokens.revoke', { id: issued.id });
  await until(() => program.endedWith() !== null, { what: 'the end', patience: 5_000 });
  expect([program.endedWith(), room.status.get().phase]).toEqual(['signed-out-elsewhere', 'ended']);
  await expect(program.client.trpc.rooms.list.query()).rejects.toThrow('Sign in to go on.');
});

test('A106 a program that begins with a pair that is over begins with a refresh', async () => {
  const bot = await Program.of(ada, ['rooms:read', 'rooms:write']);
  const stale = { ...bot.issued, accessToken: 'long over' };
  await using program = open(stale);
  const room = await inRoom(program);
  expect(program.kept).toHaveLength(2);
  room.close();
});

test('A106 a program whose refresh token was used elsewhere is told that it is over', async () => {
  const bot = await Program.of(ada, ['rooms:read']);
  const stolen = { ...bot.issued, accessToken: 'long over' };
  await bot.refresh();
  await bot.query('rooms.list');
  await using program = open(stolen);
  await expect(program.client.trpc.rooms.list.query()).rejects.toThrow('Make a new one');
  expect(program.endedWith()).toBe('signed-out');
});
