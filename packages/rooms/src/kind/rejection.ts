/** Why a command changed nothing. Part of the outward contract. */
export type RejectionCode = 'forbidden' | 'invalid' | 'conflict' | 'limit' | 'unknown';

/** Thrown by a kind's `run`; the message is a sentence for the person who sent the command. */
export class Rejection extends Error {
  readonly code: RejectionCode;

  constructor(code: RejectionCode, message: string) {
    super(message);
    this.name = 'Rejection';
    this.code = code;
  }
}
