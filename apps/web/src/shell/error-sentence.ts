import { refusalOf } from '@atrium/client';

/** What a person reads when a call failed: the server's own sentence, or that there was no answer. */
export function errorSentence(error: unknown): string {
  return refusalOf(error)?.message ?? 'The server did not answer. Check the connection and try again.';
}

/** True when the server said that nobody is signed in (any more). */
export function isSignedOut(error: unknown): boolean {
  const reason = refusalOf(error)?.reason;
  return reason === 'SIGNED_OUT' || reason === 'SESSION_ENDED';
}
