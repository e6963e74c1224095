import { type AtriumClient, openRoom } from '@atrium/client';
import { boardKind } from '@atrium/kinds/board';
import { endSentence } from './end-sentence.ts';
import type { Board } from './draw-flower.ts';

/** The board was not opened, or taken away later; the message says why. */
export class BoardClosed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BoardClosed';
  }
}

export interface OpenedBoard {
  readonly room: Board;
  /** Rejects with `BoardClosed` when the room is taken away: the token was revoked, the person has left it, it is gone. */
  readonly closed: Promise<never>;
}

/** Resolves when the board is there. Waits as long as the server cannot be reached. */
export async function openBoard(client: AtriumClient, roomId: string): Promise<OpenedBoard> {
  const room = openRoom(client, { kind: boardKind, roomId });
  let live = () => {};
  const opened = new Promise<void>((resolve) => (live = resolve));
  const closed = new Promise<never>((_resolve, reject) => {
    const look = () => {
      const { phase, refusal, endReason } = room.status.get();
      if (phase === 'live') live();
      if (phase === 'refused') reject(new BoardClosed(refusal?.message ?? 'The server refused to open the board.'));
      if (phase === 'ended') reject(new BoardClosed(endSentence(endReason ?? 'signed-out')));
    };
    room.status.subscribe(look);
    look();
  });
  // Whoever waits for it hears of it; nobody has to.
  closed.catch(() => undefined);
  await Promise.race([opened, closed]);
  return { room, closed };
}
