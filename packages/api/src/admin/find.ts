import { findRoomForAdmin, findUserForAdmin, type FoundRoom, type FoundUser, type ScopedTx } from '@atrium/db';
import { Refusal } from '../refusal.ts';

/** An administrator may know what there is, so this says more than elsewhere. */
export async function theUser(tx: ScopedTx, userId: string): Promise<FoundUser> {
  const user = await findUserForAdmin(tx, userId);
  if (!user) throw new Refusal('NOT_FOUND', 'There is no such user any more.');
  return user;
}

export async function theRoom(tx: ScopedTx, roomId: string): Promise<FoundRoom> {
  const room = await findRoomForAdmin(tx, roomId);
  if (!room) throw new Refusal('NOT_FOUND', 'There is no such room any more.');
  return room;
}
