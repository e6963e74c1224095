import type { AdminRoomDetail } from '@atrium/api';

/** Who of the people in a room can be made its owner: no guest, and not who is the only owner already. */
export function heirsAmong(people: AdminRoomDetail['people']): AdminRoomDetail['people'] {
  const owners = people.filter(({ role }) => role === 'owner').length;
  return people.filter(({ guest, role }) => !guest && !(role === 'owner' && owners === 1));
}
