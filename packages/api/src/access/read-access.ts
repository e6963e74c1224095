import { type Database, roleInRoom } from '@atrium/db';
import type { ReadAccess } from './room-seats.ts';

/** Reads a person's access as that person: the policies of the database have a say too. */
export function readAccessFrom(db: Database): ReadAccess {
  return (userId, roomId) => db.withScope({ user: userId }, (tx) => roleInRoom(tx, roomId, userId));
}
