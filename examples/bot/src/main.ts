/**
 * Draws a flower on a board in the name of whoever made its token, and leaves. Reads ATRIUM_URL, ATRIUM_ROOM and
 * ATRIUM_TOKEN_FILE. Ends with 0 when the flower is drawn, and with 1 and a sentence otherwise.
 */
import { apiToken, createAtriumClient, SessionEndedError, TokenRefusedError } from '@atrium/client';
import { WebSocket } from 'ws';
import { drawFlower, NotDrawn } from './draw-flower.ts';
import { endSentence } from './end-sentence.ts';
import { BoardClosed, openBoard } from './open-board.ts';
import { BadTokenFile, readTokenFile, writeTokenFile } from './token-file.ts';

async function main({ ATRIUM_URL, ATRIUM_ROOM, ATRIUM_TOKEN_FILE }: NodeJS.ProcessEnv): Promise<string | null> {
  if (!ATRIUM_URL || !ATRIUM_ROOM || !ATRIUM_TOKEN_FILE)
    return 'Say where to draw: ATRIUM_URL, ATRIUM_ROOM (the id in the address of the board) and ATRIUM_TOKEN_FILE.';
  const client = createAtriumClient({
    url: new URL('/trpc', ATRIUM_URL).href,
    // `ws` has everything that the client uses; only the DOM's declarations differ.
    WebSocket: WebSocket as never,
    token: apiToken({
      pair: readTokenFile(ATRIUM_TOKEN_FILE),
      onRefresh: (pair) => writeTokenFile(ATRIUM_TOKEN_FILE, pair),
    }),
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
    if (error instanceof SessionEndedError) return endSentence(error.reason);
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
