import { type ArrangedRoom, arrangeRooms } from '../server/arrange-rooms.ts';
import { type ChildServer, startBuiltServer, startScript } from '../server/child-server.ts';
import { createDurableDatabase } from '../server/durable-database.ts';
import { RoomSocket, type Seat } from './room-socket.ts';

export interface Size {
  readonly rooms: number;
  /** In each of them, watching. */
  readonly people: number;
}

/** A server and everybody in its rooms. */
export interface OpenRooms {
  readonly server: ChildServer;
  /** As in `DurableDatabase`: 0 when the database is a thread of the server. */
  readonly postmaster: number;
  /** Room by room. */
  readonly sockets: readonly RoomSocket[];
}

/** Runs on our server with a durable database; both are gone afterwards. */
export async function inOurRooms<T>(size: Size, run: (rooms: OpenRooms) => Promise<T>): Promise<T> {
  let rooms: readonly ArrangedRoom[] = [];
  await using database = await createDurableDatabase(async (empty) => {
    rooms = await arrangeRooms(empty, size);
  });
  await using server = await startBuiltServer(database.environment);
  const url = `${server.url.replace(/^http/, 'ws')}/trpc`;
  const seats = rooms.flatMap(({ roomId, cookies }) =>
    cookies.map((cookie): Seat => ({ url, headers: { origin: server.url, cookie }, roomId })),
  );
  const sockets = await RoomSocket.openAll(seats);
  return await run({ server, postmaster: database.postmaster, sockets }).finally(() => closeAll(sockets));
}

/** The same on a bare `ws` server, which tells every message to everybody in the room and keeps nothing. */
export async function inBareRooms<T>({ rooms, people }: Size, run: (rooms: OpenRooms) => Promise<T>): Promise<T> {
  await using server = await startScript('bare-rooms');
  const seats = Array.from({ length: rooms * people }, (_, n): Seat => {
    const roomId = `00000000-0000-4000-8000-${String(Math.floor(n / people)).padStart(12, '0')}`;
    return { url: `${server.url.replace(/^http/, 'ws')}/${roomId}`, headers: {}, roomId };
  });
  const sockets = await RoomSocket.openAll(seats, { isBare: true });
  return await run({ server, postmaster: 0, sockets }).finally(() => closeAll(sockets));
}

function closeAll(sockets: readonly RoomSocket[]): void {
  for (const socket of sockets) socket.close();
}
