import { startTimer } from '@atrium/auth';
import type { Duplex } from 'node:stream';

/** How long a peer may take to read its refusal, in milliseconds. */
const patience = 1_000;

/**
 * Answers an upgrade that will not become a socket, and lets go of the connection whatever the peer does: one that
 * resets would otherwise end the process, one that never closes would keep a file descriptor.
 */
export function endUpgrade(socket: Duplex, response: string): void {
  socket.on('error', () => socket.destroy());
  const stop = startTimer(patience, () => socket.destroy());
  socket.once('close', stop);
  // Unread bytes would turn the closing into a reset, which takes the answer away again.
  socket.resume();
  socket.end(response);
}
