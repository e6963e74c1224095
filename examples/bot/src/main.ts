/**
 * Draws a flower on a board in the name of whoever made its token, and leaves. Reads ATRIUM_URL, ATRIUM_ROOM and
 * ATRIUM_TOKEN_FILE. Ends with 0 when the flower is drawn, and with 1 and a sentence otherwise.
 */
import { createAtriumClient, TokenRefusedError } from '@atrium/client';
import { WebSocket } from 'ws';
import { drawFlower, NotDrawn } from './draw-flower.ts';
import { BoardClosed, openBoard } from './open-board.ts';
import { BadTokenFile, readTokenFile, writeTokenFile } from './token-file.ts';

const sentences: Readonly<Record<string, string>> = {
  'signed-out': 'The server does not accept this token any more. Make a new one in the settings.',
  'signed-out-elsewhere': 'Somebody has revoked this token, so this program stops.',
  expired: 'This token has come to its end. Make a new one in the settings.',
  disabled: 'The account behind this token has been disabled.',
  theft: 'This token was used by two programs and has been ended. Make a new one in the settings.',
};

async function main({ ATRIUM_URL, ATRIUM_ROOM, ATRIUM_TOKEN_FILE }: NodeJS.ProcessEnv): Promise<string | null> {
  if (!ATRIUM_URL || !ATRIUM_ROOM || !ATRIUM_TOKEN_FILE)
    return 'Say where to draw: ATRIUM_URL, ATRIUM_ROOM (the id in the address of the board) and ATRIUM_TOKEN_FILE.';
  let endedWith: string | null = null;
  const client = createAtriumClient({
    url: new URL('/trpc', ATRIUM_URL).href,
    // `ws` has everything that the client uses; only the DOM's declarations differ.
    WebSocket: WebSocket as never,
    token: { pair: readTokenFile(ATRIUM_TOKEN_FILE), onRefresh: (pair) => writeTokenFile(ATRIUM_TOKEN_FILE, pair) },
    onSessionEnded: (reason) => (endedWith = reason),
  });
  try {
    const { room, closed } = await openBoard(client, ATRIUM_ROOM);
    say('The board is open. Drawing a flower …');
    const middle = [Math.round(Math.random() * 800), Math.round(Math.random() * 600)] as const;
    await Promise.race([drawFlower(room, middle), closed]);
    room.close();
    say('Done.');
    return null;
  } catch (error) {
    if (endedWith !== null) return sentences[endedWith] ?? 'This token is not good any more.';
    if (error instanceof NotDrawn || error instanceof BoardClosed || error instanceof TokenRefusedError)
      return error.message;
    throw error;
  } finally {
    await client.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  const problem = await main(process.env);
  if (problem !== null) process.stderr.write(`${problem}\n`);
  process.exit(problem === null ? 0 : 1);
} catch (error) {
  const isExpected = error instanceof BadTokenFile;
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
