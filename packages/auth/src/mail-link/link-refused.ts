import { QueryFailed } from '@atrium/db';

/**
 * A mailed link does not do what it was made for. `invalid`: used, over, replaced or never made. `taken`: somebody else
 * has confirmed the address meanwhile. `reset-first`: the account has a password that was set before its address was
 * confirmed, perhaps by a stranger. `register-anew`: the same of something that a new password does not take away.
 * `other-person`: it belongs to another account than the one that is signed in.
 */
export class LinkRefused extends Error {
  readonly why: 'invalid' | 'taken' | 'reset-first' | 'register-anew' | 'other-person';

  constructor(why: LinkRefused['why']) {
    super(`The link was refused: ${why}.`);
    this.name = 'LinkRefused';
    this.why = why;
  }
}

/** Names what the database says when two want to confirm the same address. */
export function nameTaken(error: unknown): never {
  const isTaken = error instanceof QueryFailed && error.constraint === 'users_confirmed_email';
  throw isTaken ? new LinkRefused('taken') : error;
}
