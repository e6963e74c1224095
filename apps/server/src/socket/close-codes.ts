/** Why the server closes a socket. 4401: the session ended and the close reason says how; a client does not come back. */
export const closeCodes = { sessionEnded: 4401, goingAway: 1001, misuse: 1008, tryLater: 1013 } as const;
