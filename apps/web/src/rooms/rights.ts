import type { Room } from '@atrium/api';

/** Whether this person can change who is in the room and what it is called: nobody does while it is frozen. */
export function canManage({ role, frozen }: Pick<Room, 'role' | 'frozen'>): boolean {
  return role === 'owner' && !frozen;
}
