import type { Identity } from '@atrium/auth';
import { expect, test, vi } from 'vitest';
import { RoomSeats } from '../access/room-seats.ts';
import { SocketConnection } from '../socket/socket-connection.ts';
import { openStream } from './open-stream.ts';

const identity = { user: { id: 'u' }, session: { publicId: 'p' } } as Identity;

async function stage() {
  const close = vi.fn();
  const connection = new SocketConnection(identity, { bufferedBytes: () => 0, close, touch: () => {}, wire: null });
  const seats = new RoomSeats(() =>
    Promise.resolve({ role: 'editor', kind: 'board', archived: false, frozen: false, isMember: true }),
  );
  const seat = await seats.take('u', 'r');
  if (!seat) throw new Error('no seat');
  return { connection, seats, seat, close };
}

const ada = { userId: 'a', name: 'Ada' };
const removed = { type: 'member', roomId: 'r', userId: 'u', role: null } as const;

test('a session that ended before the stream listened ends it all the same', async () => {
  const { connection, seat } = await stage();
  const stream = openStream(connection, seat, undefined);
  connection.end('signed-out');
  const end = vi.fn();
  stream.onEnd(end);
  expect(end).toHaveBeenCalledWith('signed-out', undefined);
});

test('a session that had ended before the stream was opened ends it too', async () => {
  const { connection, seat } = await stage();
  connection.end('expired');
  const end = vi.fn();
  openStream(connection, seat, undefined).onEnd(end);
  expect(end).toHaveBeenCalledWith('expired', undefined);
});

test('a membership that ended while the stream was being opened ends it', async () => {
  const { connection, seat, seats } = await stage();
  const stream = openStream(connection, seat, undefined);
  seats.onEnding({ ...removed, by: ada });
  const end = vi.fn();
  stream.onEnd(end);
  expect(end).toHaveBeenCalledWith('removed', ada);
});

test('a role that was lowered while the stream was being opened is told', async () => {
  const { connection, seat, seats } = await stage();
  const stream = openStream(connection, seat, undefined);
  seats.onEnding({ ...removed, role: 'viewer', by: ada });
  const change = vi.fn();
  stream.onAccess(change);
  expect(change).toHaveBeenCalledWith(
    { role: 'viewer', kind: 'board', archived: false, frozen: false, isMember: true },
    ada,
  );
});

test('the socket closes after the last word, and not before', async () => {
  const { connection, seat, close } = await stage();
  const stream = openStream(connection, seat, undefined);
  stream.onEnd(() => {});
  connection.end('signed-out');
  await new Promise((resolve) => setImmediate(resolve));
  expect(close).not.toHaveBeenCalled();
  stream.close();
  await vi.waitFor(() => expect(close).toHaveBeenCalledWith('signed-out'));
});

test('a stream that never says its last word does not keep the socket open', async () => {
  const { connection, seat, close } = await stage();
  openStream(connection, seat, undefined).onEnd(() => {});
  connection.end('signed-out');
  await vi.waitFor(() => expect(close).toHaveBeenCalledWith('signed-out'));
});

test('a closed stream counts no more and hears no more', async () => {
  const { connection, seat, seats } = await stage();
  const stream = openStream(connection, seat, undefined);
  const end = vi.fn();
  stream.onEnd(end);
  expect([...connection.rooms]).toEqual(['r']);
  stream.close();
  expect([...connection.rooms]).toEqual([]);
  seats.onEnding(removed);
  connection.end('signed-out');
  expect(end).not.toHaveBeenCalled();
  expect(stream.signal.aborted).toBe(true);
});
