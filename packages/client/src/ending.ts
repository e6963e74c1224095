import type { EndReason } from '@atrium/rooms';

/** The code with which the server closes the socket of a session that has ended; the close reason is an `EndReason`. */
export const sessionEndedCode = 4401;

/** What a page tells the person when a session or a room ended for good. */
export const endSentences: { readonly [reason in EndReason]: string } = {
  'signed-out': 'You have signed out.',
  'signed-out-elsewhere': 'This device was signed out from another one.',
  'password-changed': 'The password of this account was changed. Sign in again to go on.',
  expired: 'Your session has expired. Sign in again to go on.',
  disabled: 'This account has been disabled.',
  removed: 'You are not a member of this room any more.',
  'link-revoked': 'The link that brought you here is not valid any more.',
  'room-deleted': 'This room was deleted.',
  theft: 'This session was used from two places at once and was ended to keep your account safe.',
  draining: 'The server is restarting. You will be connected again in a moment.',
};

function isEndReason(text: string): text is EndReason {
  return Object.hasOwn(endSentences, text);
}

/** Reads the reason of a close frame; one that this build does not know counts as `signed-out`. */
export function parseEndReason(text: string): EndReason {
  return isEndReason(text) ? text : 'signed-out';
}
