import { type Database, endedSignIns } from '@atrium/db';
import type { RoomHubOptions } from '@atrium/rooms';
import type { RoomSeats } from './room-seats.ts';

/** What the engine asks when the log has denied a batch: the rows, not the word that is still on its way. */
export function recheckFrom(db: Database, seats: RoomSeats): NonNullable<RoomHubOptions['recheck']> {
  return async (roomId, denied) => {
    const signIns = denied.flatMap(({ signIn }) => signIn ?? []);
    const [ended] = await Promise.all([
      db.withScope({ system: 'session' }, (tx) => endedSignIns(tx, signIns)),
      seats.refresh(roomId),
    ]);
    return ended;
  };
}
