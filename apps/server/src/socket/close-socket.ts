import { startTimer } from '@atrium/auth';
import type { EndReason } from '@atrium/rooms';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { closeCodes } from './close-codes.ts';

/** A peer that has more than this to read would get all of it before the closing frame. Bytes. */
const mostUnread = 64 * 1024;
/** How long a peer may take to answer the closing handshake, in milliseconds. */
const patience = 120;

/**
 * Closes with the reason. A peer that is behind, or does not answer, is cut off: what was written for it before is then
 * thrown away, because it has no right to it any more. It learns the reason when it comes back and is refused. A
 * draining server wants its clients back and closes with another code.
 */
export function closeSocket(ws: WebSocket, socket: Socket, reason: EndReason): void {
  if (ws.bufferedAmount > mostUnread) {
    socket.resetAndDestroy();
    return;
  }
  ws.resume();
  ws.close(reason === 'draining' ? closeCodes.goingAway : closeCodes.sessionEnded, reason);
  const stop = startTimer(patience, () => socket.resetAndDestroy());
  ws.once('close', stop);
}
