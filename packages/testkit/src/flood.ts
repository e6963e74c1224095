import type { RawSocket } from './raw-socket.ts';

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
