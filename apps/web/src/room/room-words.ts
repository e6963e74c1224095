import { endSentences, type RoomStatus } from '@atrium/client';
import type { EndReason } from '@atrium/rooms';
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

/** What becomes of what the person does while the line is away. `unkept` of them would be lost with the page. */
export function reconnectingWords(pending: number, unkept: number): string {
  if (pending === 0) return 'Reconnecting. What you draw is kept on this device and sent when the line is back.';
  const changes = pending === 1 ? '1 change is' : `${pending} changes are`;
  const it = pending === 1 ? 'it is' : 'they are';
  if (unkept > 0) return `Reconnecting. ${changes} on this page only: leave it open until ${it} sent.`;
  return `Reconnecting. ${changes} kept on this device and sent when the line is back.`;
}

/** What to tell someone whose role has changed while the room was open; null when there is nothing to tell. */
export function accessChange(before: Role | null, after: Role | null): string | null {
  if (before === null || after === null || before === after) return null;
  const couldDraw = isAtLeast(before, 'editor');
  const canDraw = isAtLeast(after, 'editor');
  if (after === 'owner') return 'You own this room now.';
  if (canDraw) return couldDraw ? null : 'You can draw in this room now.';
  return couldDraw ? 'You can view this room now, but not change it.' : null;
}

/** What the page says when the room was taken away while it was open. */
export function roomEndWords(reason: EndReason | null): { readonly title: string; readonly sentence: string } {
  switch (reason) {
    case 'room-deleted':
      return {
        title: 'This room was deleted',
        sentence: 'Its owner deleted it for everyone. It cannot be brought back.',
      };
    case 'removed':
      return {
        title: 'You are not in this room any more',
        sentence: 'Your access was taken back. Ask its owner for a new link if that was a mistake.',
      };
    case 'link-revoked':
      return { title: 'Your link was taken back', sentence: `${endSentences[reason]} Ask for a new one.` };
    default:
      return { title: 'This room has closed', sentence: reason === null ? 'Open it again.' : endSentences[reason] };
  }
}
