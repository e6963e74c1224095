import { type WaitingToken, waitingToken } from '../shell/waiting-token.ts';

/** The secret that the server has printed: it waits for the way through sign-up and back. */
export function setupToken(): WaitingToken {
  return waitingToken('atrium-setup', sessionStorage);
}
