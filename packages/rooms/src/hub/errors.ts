/** A whole request that was not taken into the queue: nothing of it was decided and no seq was used. */
export class SendRefused extends Error {
  readonly reason: 'bad-request' | 'seq-gap' | 'seq-too-old' | 'too-large' | 'too-fast' | 'not-a-member' | 'signed-out';

  constructor(reason: SendRefused['reason'], message: string) {
    super(message);
    this.name = 'SendRefused';
    this.reason = reason;
  }
}

/** The log could not be read or written: nothing that was acknowledged is lost, and the client may try again. */
export class RoomUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RoomUnavailable';
  }
}

export function roomGone(): SendRefused {
  return new SendRefused('not-a-member', 'This room does not exist any more.');
}

export function logUnreachable(): RoomUnavailable {
  return new RoomUnavailable('The server cannot save right now. Try again in a moment.');
}

export function readAgain(cause?: unknown): RoomUnavailable {
  return new RoomUnavailable('This room has to be read again. Try again in a moment.', { cause });
}

export function serverStops(): RoomUnavailable {
  return new RoomUnavailable('This server is about to stop. Try again in a moment.');
}
