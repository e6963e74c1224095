import type { AdminAuditEvent, AuditAction } from '@atrium/api';
import { type ActivityWords, activityWords } from '../../activity/activity-words.ts';

/** Where the words for the person concerned say "you": what others read. */
const ofOthers: { readonly [action in AuditAction]?: { readonly done: string; readonly refused?: string } } = {
  registered: { done: 'Created an account' },
  'sudo-opened': { done: 'Showed who they are', refused: 'Failed to show who they are' },
  'admin-role-changed': { done: 'An administrator changed a role on this server' },
  'admin-session-ended': { done: 'An administrator signed out a device' },
  'admin-impersonated': { done: 'An administrator began to act as somebody' },
  'admin-impersonation-ended': { done: 'An administrator stopped acting as somebody' },
  'admin-room-transferred': { done: 'An administrator gave a room another owner' },
};

/** An event as administrators read it. Who did it and to whom stands beside the sentence, not in it. */
export function eventWords({ action, result, detail }: AdminAuditEvent): ActivityWords {
  const { by: _, name, ...rest } = detail;
  const words = activityWords({ action, result, detail: name === undefined ? rest : { ...rest, name } });
  const others = Object.hasOwn(ofOthers, action) ? ofOthers[action] : undefined;
  if (!others) return words;
  const plain = result === 'done' ? others.done : (others.refused ?? `Refused: ${others.done}`);
  return { ...words, sentence: name === undefined || name === '' ? `${plain}.` : `${plain}: “${String(name)}”.` };
}

/** What else is known about it, in the order in which it helps: "rooms.rename", "NOT_ALLOWED", "12 times". */
export function eventFacts({ action, detail }: Pick<AdminAuditEvent, 'action' | 'detail'>): readonly string[] {
  // Shown in the sentence, or as a link; ids of sessions and of tokens say nothing to anybody.
  const { by: _by, name: _name, room: _room, session: _session, id: _id, ...rest } = detail;
  return Object.entries(rest).flatMap(([key, value]) => {
    if (value === false || value === '') return [];
    if (action === 'denied' && (key === 'procedure' || key === 'reason')) return [String(value)];
    if (key === 'count') return [`${String(value)} times`];
    return [value === true ? key : `${spaced(key)}: ${String(value)}`];
  });
}

/** "roomsDeleted" is "rooms deleted". */
function spaced(key: string): string {
  return key.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}
