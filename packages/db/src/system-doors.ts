/**
 * Every place that may touch the data without being a user, and why it cannot be one. A scope names one of these;
 * search for `system: '<name>'` to find the code behind each door.
 */
export const systemDoors = {
  'sign-in': 'Nobody is signed in yet: an account is found by its address, a session is made.',
  registration: 'The user does not exist yet.',
  session: 'The cookie says who it is only after the session was read.',
  audit: 'What happened is written down for everybody, and by nobody changed.',
  credentials: 'What opens an account keeps promises over several tables, and a person may not read its hashes.',
  'mail-link': 'Whoever follows a link from a mail need not be signed in.',
  'api-token': 'A program is known only after its token was read.',
  deletion: 'An account that is due is deleted when nobody is there.',
  invite: 'The bearer of an invitation is no member of the room yet.',
  'access-request': 'Whoever asks to be let in is no member of the room, and may not even learn that it exists.',
  'room-log': 'The engine writes for everybody in the room; it checks each command itself.',
  admin:
    'An administrator looks after accounts and rooms of others; each change looks once more who it is that makes it.',
  setup: 'There is no administrator yet: whoever holds the link that the server printed becomes the first.',
  'public-room': 'Whoever is not signed in may learn what a public room is called.',
  sweep: 'Expired sessions end, and streams are compared with the sessions that still exist.',
  test: 'Tests arrange the data they need.',
} as const;

/** Why system work is done; see `systemDoors`. */
export type SystemDoor = keyof typeof systemDoors;
