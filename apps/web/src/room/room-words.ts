import { endSentences, type RoomStatus } from '@atrium/client';
import type { EndReason } from '@atrium/rooms';
import { isAtLeast, type Role } from '@atrium/rooms/kind';
import { roleNames } from '../rooms/role-names.ts';

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

export interface AccessNow {
  /** Null until it is known. */
  readonly role: Role | null;
  readonly archived: boolean;
  readonly frozen: boolean;
}

/**
 * What to tell someone who may do something else than before while the room is open; null when there is nothing to tell.
 * `who` did it: "You", "Ada", or "Somebody"; freezing is told without a name, because an administrator acts for the server.
 */
export function accessChange(before: AccessNow, after: AccessNow, who: string): string | null {
  if (before.role === null || after.role === null) return null;
  if (after.frozen !== before.frozen)
    return after.frozen
      ? 'An administrator froze this room. Everything is kept.'
      : 'An administrator thawed this room. Everything is as it was.';
  if (after.archived !== before.archived)
    return after.archived ? `${who} archived this room. Everything is kept.` : `${who} brought this room back.`;
  if (after.role === before.role) return null;
  const couldDraw = isAtLeast(before.role, 'editor');
  const canDraw = isAtLeast(after.role, 'editor');
  if (after.role === 'owner') return `${who} made you an owner of this room.`;
  if (canDraw && !couldDraw) return `${who} lets you draw in this room now.`;
  if (canDraw || !couldDraw) return `${who} changed your role: ${roleNames[after.role]}.`;
  return `${who} changed your role: you can view this room, but not change it any more.`;
}

/** What the page says when the room was taken away while it was open. `who` as above. */
export function roomEndWords(
  reason: EndReason | null,
  who = 'Somebody',
  isVisitor = false,
): { readonly title: string; readonly sentence: string } {
  switch (reason) {
    case 'room-deleted':
      return {
        title: 'This room was deleted',
        sentence: `${who} deleted it for everyone. It cannot be brought back.`,
      };
    case 'removed':
      if (isVisitor) {
        return {
          title: 'This room is not public any more',
          sentence: `${who} closed it to those who only look on. Ask an owner for an invitation to come back.`,
        };
      }
      if (who === 'You') return { title: 'You have left this room', sentence: 'To come back you need an invitation.' };
      return {
        title: 'You are not in this room any more',
        sentence: `${who} took the access back. Ask an owner for an invitation if that was a mistake.`,
      };
    case 'link-revoked':
      return { title: 'Your link was taken back', sentence: `${who} took it back. Ask for a new one to return.` };
    default:
      return { title: 'This room has closed', sentence: reason === null ? 'Open it again.' : endSentences[reason] };
  }
}
