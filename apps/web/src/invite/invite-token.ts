import { type WaitingToken, waitingToken } from '../shell/waiting-token.ts';

/** The secret of an invitation: it waits for the way through sign-in and back. */
export function inviteToken(): WaitingToken {
  return waitingToken('atrium-invite', sessionStorage);
}
