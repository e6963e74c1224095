import type { DoneBy, EndReason } from '@atrium/rooms';
import type { Access, AccessChange, Seat } from '../access/room-seats.ts';
import { Refusal } from '../refusal.ts';
import type { SocketConnection } from '../socket/socket-connection.ts';

/** One subscription's ties to everything that may end it. */
export interface Stream {
  /** Aborts when the subscriber left, or when `abort` was called. */
  readonly signal: AbortSignal;
  /** Calls `end` when the session, the membership or the room is over; at once when it already is. */
  onEnd(end: (reason: EndReason, by?: DoneBy) => void): void;
  /** Calls `change` when the role or the archive flag changed while access remains; at once when it changed already. */
  onAccess(change: (access: Access, by?: DoneBy) => void): void;
  abort(): void;
  /** Lets go of the seat and the socket. Call it in `finally`: the last word is written by then. */
  close(): void;
}

/**
 * Ties first, questions later: the connection and the seat report from the moment this returns, so whatever ends while
 * the stream is being opened is known when `onEnd` is called. Throws `TOO_MANY` when the socket carries enough streams.
 */
export function openStream(connection: SocketConnection, seat: Seat, callerSignal: AbortSignal | undefined): Stream {
  if (!connection.canCarryMore) {
    seat.release();
    throw new Refusal('TOO_MANY', 'This page watches too many rooms at once. Close some.');
  }
  const abort = new AbortController();
  const { signal } = abort;
  // A reason, because without one each abort builds an error with its stack.
  // `AbortSignal.any` would be shorter, and a kilobyte larger for everybody who watches.
  const leaveToo = () => abort.abort('left');
  callerSignal?.addEventListener('abort', leaveToo, { once: true });
  if (callerSignal?.aborted) abort.abort('left');
  let written = () => {};
  const closed = new Promise<void>((resolve) => (written = resolve));
  let over: EndReason | null = connection.ended ?? (seat.access.role === null ? 'removed' : null);
  let endedBy: DoneBy | undefined;
  let end: (reason: EndReason, by?: DoneBy) => void = () => {};
  let missed: AccessChange | null = null;
  let change = (all: AccessChange) => {
    missed = all;
  };

  const finish = (reason: EndReason, by?: DoneBy) => {
    if (over === null) endedBy = by;
    over ??= reason;
    end(reason, by);
  };
  const leave = connection.addStream(seat.roomId, (reason) => {
    finish(reason);
    return closed;
  });
  seat.onChange((all) => (all.gone ? finish(all.gone, all.by) : change(all)));

  return {
    signal,
    onEnd(listener) {
      end = listener;
      if (over) listener(over, endedBy);
    },
    onAccess(listener) {
      change = ({ access, by }) => listener(access, by);
      if (missed) change(missed);
    },
    abort: () => abort.abort('left'),
    close() {
      callerSignal?.removeEventListener('abort', leaveToo);
      abort.abort('left');
      leave();
      seat.release();
      // The generator's `return` lets tRPC write what was yielded; one turn later it is in the socket.
      setImmediate(written);
    },
  };
}
