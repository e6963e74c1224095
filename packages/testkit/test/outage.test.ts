import { createServerDatabase, isOnServer } from '@atrium/db/testing';
import type { SendAnswer } from '@atrium/rooms';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Person, type RawSocket, startServerOn, startTcpProxy } from '../src/index.ts';
import { canMount, mountSmallDisk } from './small-disk.ts';

/** One element, large enough that a full disk has no room for it. */
const put = (id: string) => ({
  name: 'edit',
  input: {
    ops: [{ op: 'put', element: { id, type: 'text', x: 0, y: 0, width: 9, height: 9, text: 'x'.repeat(9_000) } }],
  },
});

interface Board {
  readonly ada: Person;
  readonly roomId: string;
}

const send = ({ ada, roomId }: Board, seq: number) =>
  ada.mutate<SendAnswer>('rooms.send', { roomId, clientId: 'tab', commands: [{ seq, ...put(`e${seq}`) }] });

/** Draws until the server can not save any more; answers the last number that was acknowledged. */
async function drawUntilRefused(board: Board): Promise<number> {
  for (let seq = 2; ; seq += 1) {
    const refusal = await send(board, seq).then(
      () => null,
      (error: unknown) => error,
    );
    if (refusal === null) continue;
    expect(refusal).toMatchObject({ reason: 'UNAVAILABLE', message: expect.stringMatching(/cannot save right now/) });
    return seq - 1;
  }
}

async function elements(board: Board, socket: RawSocket): Promise<string[]> {
  const watch = socket.send('subscription', 'rooms.watch', { roomId: board.roomId });
  await socket.event('snapshot');
  const [first] = socket.eventsOf(watch);
  return first?.data.type === 'snapshot' ? Object.keys(first.data.state['element'] ?? {}) : [];
}

const upTo = (seq: number) => Array.from({ length: seq }, (_, index) => `e${index + 1}`);

async function openBoard(url: string): Promise<Board> {
  const ada = await Person.signUp(url);
  return { ada, roomId: await ada.createBoard() };
}

test.each(canMount ? ['full disk'] : [])(
  'a %s refuses what it cannot hold, keeps what it acknowledged, and goes on when there is room',
  async () => {
    using disk = mountSmallDisk(64);
    await using server = await startServerOn(join(disk.path, 'data'), { commandsPerSecond: 10_000 });
    const board = await openBoard(server.url);
    await send(board, 1);
    disk.fill();
    const kept = await drawUntilRefused(board);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

    disk.free();
    await vi.waitFor(() => send(board, kept + 1), { timeout: 10_000, interval: 200 });
    expect((await send(board, kept)).results).toEqual([{ seq: kept, ok: true }]);
    await server.restart();
    await using socket = await board.ada.openSocket();
    expect((await elements(board, socket)).toSorted()).toEqual(upTo(kept + 1).toSorted());
  },
  60_000,
);

test.each(isOnServer() ? ['database that is lost'] : [])(
  'a %s refuses what it cannot save, keeps what it acknowledged, and goes on when it is back',
  async () => {
    await using database = await createServerDatabase();
    const direct = new URL(database.url);
    await using proxy = await startTcpProxy(Number(direct.port || 5432));
    direct.port = String(proxy.port);
    await using server = await startServerOn(direct.href, { logLevel: 'silent' });
    const board = await openBoard(server.url);
    await using socket = await board.ada.openSocket();
    expect(await elements(board, socket)).toEqual([]);
    await send(board, 1);
    const frame = await socket.event('diff');

    proxy.refuse();
    proxy.reset();
    await expect(send(board, 2)).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

    proxy.heal();
    await vi.waitFor(() => send(board, 2), { timeout: 20_000, interval: 200 });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    await socket.frame((each) => JSON.stringify(each).includes('"e2"'), 20_000);
    expect(frame).toMatchObject({ ver: 1 });
    await board.ada.mutate('auth.logout');
    expect(await socket.closed).toEqual({ code: 4401, reason: 'signed-out' });
  },
  60_000,
);
