import type { CommandMeta } from '@atrium/rooms';
import { sql } from 'drizzle-orm';
import type { RawSocket } from './raw-socket.ts';
import type { TestServer } from './test-server.ts';

export interface Flood {
  /** Resolves when so many more were answered, or the socket is closed. */
  answered(more: number): Promise<void>;
  stop(): Promise<void>;
}

/** A client that sends one command after the other into a board, eight under way at a time, and heeds no answer. */
export function startFlood(socket: RawSocket, roomId: string): Flood {
  let [seq, count] = [0, 0];
  let isOver = false;
  let told = () => {};
  const one = async (): Promise<void> => {
    while (!isOver) {
      seq += 1;
      const commands = [{ seq, name: 'setMeta', input: { background: seq % 2 ? '#ffffff' : '#fafafa' } }];
      const answer = await socket
        .call('mutation', 'rooms.send', { roomId, clientId: 'flood', commands })
        .catch(() => null);
      if (answer === null) isOver = true;
      count += 1;
      told();
    }
  };
  const all = Promise.all(Array.from({ length: 8 }, one));
  return {
    answered: async (more: number) => {
      const goal = count + more;
      while (count < goal && !isOver) await new Promise<void>((resolve) => (told = resolve));
    },
    stop: async () => {
      isOver = true;
      await all;
    },
  };
}

/**
 * Runs a statement that takes something away, with the room to itself, and notes in the same transaction what the log
 * holds: what comes behind that is late. The room's title is where it is noted.
 */
export async function takeAway(server: TestServer, roomId: string, statement: string): Promise<void> {
  await server.runSql(
    sql.raw(`do $$ begin
      perform from rooms where id = '${roomId}' for update;
      ${statement};
      update rooms set title = (select max(ver) from room_batch where room_id = '${roomId}')::text where id = '${roomId}';
    end $$`),
  );
}

/** What this person's commands were accepted as: in all, and behind what `takeAway` has noted. */
export async function acceptedOf(
  server: TestServer,
  roomId: string,
  userId: string,
): Promise<{ readonly all: readonly CommandMeta[]; readonly late: readonly CommandMeta[] }> {
  const [room] = await server.readSql<{ title: string }>(sql`select title from rooms where id = ${roomId}`);
  const accepted = (await server.readLog(roomId)).map(({ ver, commands }) => ({
    isLate: ver > Number(room?.title),
    commands: commands.filter((command) => command.userId === userId && command.result.ok),
  }));
  const late = accepted.filter(({ isLate }) => isLate);
  return { all: accepted.flatMap(({ commands }) => commands), late: late.flatMap(({ commands }) => commands) };
}
