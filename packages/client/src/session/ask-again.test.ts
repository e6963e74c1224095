import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createAtriumClient, type Fetch } from '../atrium-client.ts';

const me = (id: string) => ({ user: { id, name: 'Ada' }, session: { publicId: 's' } });
const nobody = { user: null, session: null };
const refused = {
  error: { code: -32001, message: 'Sign in to go on.', data: { code: 'UNAUTHORIZED', reason: 'SIGNED_OUT' } },
};

/** A server that answers `rooms.list` in this order and `auth.me` with `who`; `calls` are the names it was asked for. */
function serverOf(who: () => object, answers: object[]) {
  const calls: string[] = [];
  const fetch: Fetch = async (url) => {
    const name = new URL(url).pathname.replace('/trpc/', '');
    calls.push(name);
    const answer = name === 'auth.me' ? { result: { data: who() } } : (answers.shift() ?? refused);
    return Response.json(answer, { status: 'error' in answer ? 401 : 200 });
  };
  const client = createAtriumClient({
    url: 'http://atrium.test/trpc',
    fetch,
    wake: () => () => {},
    WebSocket: WebSocket as never,
  });
  return { client, calls };
}

const rooms = { result: { data: [] } };

test('a call that was sent before its cookie was replaced is sent once more', async () => {
  const { client, calls } = serverOf(() => me('ada'), [refused, rooms]);
  await client.identity();
  expect(await client.trpc.rooms.list.query({})).toEqual([]);
  expect(calls).toEqual(['auth.me', 'rooms.list', 'auth.me', 'rooms.list']);
});

test('whoever is really signed out hears it, and so does the next one in the same browser', async () => {
  for (const now of [nobody, me('bob')]) {
    let who: object = me('ada');
    const { client, calls } = serverOf(() => who, [refused, rooms]);
    await client.identity();
    who = now;
    await expect(client.trpc.rooms.list.query({})).rejects.toMatchObject({ data: { reason: 'SIGNED_OUT' } });
    expect(calls.filter((name) => name === 'rooms.list')).toHaveLength(1);
  }
});

test('it is sent once more, not again and again', async () => {
  const { client, calls } = serverOf(() => me('ada'), []);
  await expect(client.trpc.rooms.list.query({})).rejects.toMatchObject({ data: { reason: 'SIGNED_OUT' } });
  expect(calls.filter((name) => name === 'rooms.list')).toHaveLength(2);
});
