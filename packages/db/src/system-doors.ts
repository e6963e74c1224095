/**
 * Every place that may touch the data without being a user, and why it cannot be one. A scope names one of these;
 * search for `system: '<name>'` to find the code behind each door.
 */
export const systemDoors = {
  'sign-in': 'Nobody is signed in yet: an account is found by its address, a session is made.',
  registration: 'The user does not exist yet.',
  session: 'The cookie says who it is only after the session was read.',
  invite: 'The bearer of an invitation is no member of the room yet.',
  'room-log': 'The engine writes for everybody in the room; it checks each command itself.',
  sweep: 'Expired sessions end, and streams are compared with the sessions that still exist.',
  test: 'Tests arrange the data they need.',
} as const;

/** Why system work is done; see `systemDoors`. */
export type SystemDoor = keyof typeof systemDoors;
