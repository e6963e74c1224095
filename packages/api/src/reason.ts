import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc';

/**
 * Every refusal of Atrium: the stable `data.reason`, the tRPC code it travels with and the sentence a person reads
 * (a caller may pass a more precise sentence). The one table of the outward contract.
 */
export const reasons = {
  SIGNED_OUT: ['UNAUTHORIZED', 'Sign in to go on.'],
  SESSION_ENDED: ['UNAUTHORIZED', 'This session has ended. Sign in again to go on.'],
  OTHER_PERSON: ['FORBIDDEN', 'Somebody else is signed in here now. What you did is kept until you are back.'],
  BAD_CREDENTIALS: ['UNAUTHORIZED', 'The address or the password is not right.'],
  SECOND_FACTOR_REQUIRED: ['UNAUTHORIZED', 'Enter the code of your second factor.'],
  BAD_CODE: ['UNAUTHORIZED', 'This code is not right, or it was used already.'],
  BAD_PASSKEY: ['UNAUTHORIZED', 'This passkey did not work here. Try once more, or another way.'],
  FACTOR_ON: ['CONFLICT', 'A second factor is on already. Turn it off first.'],
  SETUP_OVER: ['PRECONDITION_FAILED', 'This took too long, or began again elsewhere. Begin again.'],
  LAST_CREDENTIAL: ['PRECONDITION_FAILED', 'This is the last way to sign in to this account. Add another one first.'],
  NO_PASSWORD: [
    'PRECONDITION_FAILED',
    'This account has no password to confirm with. Sign in again, with a link by mail for example.',
  ],
  NOT_EXTENDABLE: ['PRECONDITION_FAILED', 'This session cannot be extended any more. Sign in again to go on.'],
  WEAK_PASSWORD: ['BAD_REQUEST', 'This password is too easy to guess. Use some more words, or another password.'],
  NOT_A_GUEST: ['CONFLICT', 'This is an account already: sign in with its address and its password.'],
  LINK_INVALID: ['NOT_FOUND', 'This link does not work any more: it was used, or it is too old. Ask for a new one.'],
  ADDRESS_TAKEN: ['CONFLICT', 'This address belongs to another account by now. Sign in to that one.'],
  RESET_FIRST: [
    'FORBIDDEN',
    'Somebody made this account without showing that the address is theirs, and knows its password. Choose a new password: then it is yours alone.',
  ],
  REGISTER_ANEW: [
    'FORBIDDEN',
    'Somebody else can open the account that claims this address. Create one of your own with it: the address goes to whoever confirms it.',
  ],
  SUDO_REQUIRED: ['FORBIDDEN', 'Confirm that it is you to go on.'],
  CONFIRM_EMAIL: ['FORBIDDEN', 'Confirm your email address first: the link is in the mail that we sent you.'],
  PERMISSION_MISSING: ['FORBIDDEN', 'This token is not allowed to do that.'],
  TOKEN_INVALID: ['UNAUTHORIZED', 'This token is not good any more. Make a new one in the settings.'],
  HTTP_ONLY: ['METHOD_NOT_SUPPORTED', 'This call sets a cookie, so it goes over HTTP, not over the socket.'],
  SOCKET_ONLY: ['METHOD_NOT_SUPPORTED', 'This call belongs to an open socket.'],
  INVALID_INPUT: ['BAD_REQUEST', 'Something in this request is not as expected.'],
  NOT_ALLOWED: ['FORBIDDEN', 'Your role does not allow this.'],
  NOT_FOUND: ['NOT_FOUND', 'This does not exist, or you have no access to it.'],
  INVITE_INVALID: ['NOT_FOUND', 'This invitation is not valid any more. Ask for a new link.'],
  LAST_OWNER: ['PRECONDITION_FAILED', 'A room keeps an owner: make somebody else one first.'],
  ROOM_ARCHIVED: ['PRECONDITION_FAILED', 'This room is archived. Its owner can bring it back.'],
  ROOM_FROZEN: ['PRECONDITION_FAILED', 'An administrator has frozen this room: everything is kept, nothing changes.'],
  LAST_ADMIN: ['PRECONDITION_FAILED', 'A server keeps an administrator: make somebody else one first.'],
  SEQ_GAP: ['CONFLICT', 'Commands arrived out of order. Reload the room.'],
  SEQ_TOO_OLD: ['CONFLICT', 'These commands are too old to be repeated. Reload the room.'],
  TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'This is too large to be sent at once.'],
  LIMIT_REACHED: ['FORBIDDEN', 'There are as many of these as there may be. Delete some first.'],
  TOO_MANY: ['TOO_MANY_REQUESTS', 'Too many attempts. Wait a moment and try again.'],
  FOREIGN_ORIGIN: ['FORBIDDEN', 'This request does not come from a page of this server.'],
  BATCH_REFUSED: ['BAD_REQUEST', 'These calls cannot be sent together.'],
  UNAVAILABLE: ['SERVICE_UNAVAILABLE', 'The server cannot save right now. Nothing was lost; try again in a moment.'],
  INTERNAL: ['INTERNAL_SERVER_ERROR', 'Something went wrong on our side.'],
} as const satisfies Record<string, readonly [TRPC_ERROR_CODE_KEY, string]>;

export type Reason = keyof typeof reasons;
