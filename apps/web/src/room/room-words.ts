import type { RoomStatus } from '@atrium/client';
import { isAtLeast, type Role } from '@atrium/rooms/kind';

/** The state of the line, as the person in the room reads it. */
export function connectionWords(phase: RoomStatus['phase']): string {
  switch (phase) {
    case 'opening':
      return 'Connecting';
    case 'live':
      return 'Live';
    case 'reconnecting':
      return 'Reconnecting';
    case 'refused':
    case 'ended':
      return 'Closed';
  }
}

/** What to tell someone whose role has changed while the room was open; null when there is nothing to tell. */
export function accessChange(before: Role | null, after: Role | null): string | null {
  if (before === null || after === null || before === after) return null;
  const couldDraw = isAtLeast(before, 'editor');
  const canDraw = isAtLeast(after, 'editor');
  if (after === 'owner') return 'You own this room now.';
  if (canDraw) return couldDraw ? null : 'You can draw in this room now.';
  return couldDraw ? 'You can look at this room now, but not change it.' : null;
}
