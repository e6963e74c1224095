import type { AuditAction } from '@atrium/api';

/** Which picture stands beside it. */
export type ActivityIcon = 'enter' | 'leave' | 'key' | 'mail' | 'warn' | 'program' | 'data';

export interface ActivityWords {
  readonly icon: ActivityIcon;
  readonly sentence: string;
  /** True for what a stranger would do first: these are worth a second look. */
  readonly isDelicate: boolean;
}

/** What is known about an event: names of things, never a secret. */
export type ActivityDetail = Readonly<Record<string, unknown>>;

export interface ActivityEvent {
  readonly action: AuditAction;
  readonly result: 'done' | 'refused';
  readonly detail: ActivityDetail;
}

interface Entry {
  readonly icon: ActivityIcon;
  readonly done: string;
  /** For what can be refused. */
  readonly refused?: string;
  readonly isDelicate?: true;
}

const entries: { readonly [action in AuditAction]: Entry } = {
  registered: { icon: 'enter', done: 'You created this account.' },
  'signed-in': { icon: 'enter', done: 'Signed in.', refused: 'Somebody tried to sign in and was refused.' },
  'signed-out': { icon: 'leave', done: 'Signed out.' },
  'session-ended': { icon: 'leave', done: 'A device was signed out.' },
  'session-theft': {
    icon: 'warn',
    done: 'A session was used from two places at once, so we ended it.',
    isDelicate: true,
  },
  'sudo-opened': { icon: 'key', done: 'Showed that it is you.', refused: 'Somebody failed to show that it is you.' },
  'email-confirmed': { icon: 'mail', done: 'Confirmed the email address.' },
  'magic-link-requested': { icon: 'mail', done: 'A link to sign in was mailed.' },
  'password-reset-requested': { icon: 'mail', done: 'A link to choose a new password was mailed.' },
  'password-reset': { icon: 'key', done: 'Chose a new password by mail.', isDelicate: true },
  'password-changed': { icon: 'key', done: 'Changed the password.', isDelicate: true },
  'email-change-requested': { icon: 'mail', done: 'Asked for another email address.', isDelicate: true },
  'email-changed': { icon: 'mail', done: 'The account moved to another email address.', isDelicate: true },
  'totp-added': { icon: 'key', done: 'Added an authenticator app.', isDelicate: true },
  'totp-removed': { icon: 'key', done: 'Removed the authenticator app.', isDelicate: true },
  'recovery-codes-made': { icon: 'key', done: 'Made new recovery codes.', isDelicate: true },
  'recovery-code-used': { icon: 'key', done: 'Used a recovery code.', refused: 'A wrong recovery code was entered.' },
  'passkey-added': { icon: 'key', done: 'Added a passkey.', isDelicate: true },
  'passkey-renamed': { icon: 'key', done: 'Renamed a passkey.' },
  'passkey-removed': { icon: 'key', done: 'Removed a passkey.', isDelicate: true },
  'identity-linked': { icon: 'key', done: 'Linked another way to sign in.', isDelicate: true },
  'identity-unlinked': { icon: 'key', done: 'Unlinked a way to sign in.', isDelicate: true },
  'api-token-created': { icon: 'program', done: 'Created an API token.', isDelicate: true },
  'api-token-revoked': { icon: 'program', done: 'Revoked an API token.' },
  'api-token-reused': {
    icon: 'warn',
    done: 'An API token was used after it had been replaced, so we revoked it.',
    isDelicate: true,
  },
  'guest-claimed': { icon: 'enter', done: 'Made an account out of the guest.' },
  'data-exported': { icon: 'data', done: 'Downloaded everything.', isDelicate: true },
  'deletion-requested': { icon: 'data', done: 'Asked to delete the account.', isDelicate: true },
  'deletion-undone': { icon: 'data', done: 'Kept the account after all.' },
  'account-deleted': { icon: 'data', done: 'The account was deleted.' },
  'room-joined': { icon: 'enter', done: 'Came into a room by an invitation.' },
  'room-left': { icon: 'leave', done: 'Left a room.' },
  'room-removed-from': { icon: 'leave', done: 'Lost the access to a room.' },
  'room-role-changed': { icon: 'key', done: 'Has another role in a room.' },
  'room-invited': { icon: 'mail', done: 'Made an invitation to a room.' },
  'room-invite-revoked': { icon: 'key', done: 'Took back an invitation to a room.' },
  'room-renamed': { icon: 'data', done: 'Renamed a room.' },
  'room-archived': { icon: 'data', done: 'Archived a room.' },
  'room-brought-back': { icon: 'data', done: 'Brought an archived room back.' },
  'room-access-asked': { icon: 'mail', done: 'Asked to be let into a room.' },
  'room-let-in': { icon: 'enter', done: 'Was let into a room.' },
  'room-turned-away': { icon: 'leave', done: 'Was not let into a room.' },
  'room-deleted': { icon: 'data', done: 'Deleted a room.', isDelicate: true },
  'room-made-public': { icon: 'enter', done: 'Let everybody who is signed in look into a room.', isDelicate: true },
  'room-made-private': { icon: 'leave', done: 'Closed a room to everybody who is not a member.' },
  denied: { icon: 'warn', done: 'Something was not allowed.', refused: 'Asked for something that is not allowed.' },
  'admin-first': { icon: 'key', done: 'Became the first administrator of this server.', isDelicate: true },
  'admin-role-changed': { icon: 'key', done: 'An administrator changed your role on this server.', isDelicate: true },
  'admin-disabled': { icon: 'warn', done: 'An administrator disabled this account.', isDelicate: true },
  'admin-enabled': { icon: 'enter', done: 'An administrator enabled this account again.' },
  'admin-session-ended': { icon: 'leave', done: 'An administrator signed out a device of yours.', isDelicate: true },
  'admin-impersonated': { icon: 'warn', done: 'An administrator began to act as you.', isDelicate: true },
  'admin-impersonation-ended': { icon: 'leave', done: 'An administrator stopped acting as you.' },
  'admin-room-frozen': { icon: 'data', done: 'An administrator froze a room.' },
  'admin-room-thawed': { icon: 'data', done: 'An administrator thawed a room.' },
  'admin-room-transferred': { icon: 'key', done: 'An administrator made you the owner of a room.', isDelicate: true },
  'admin-room-deleted': { icon: 'data', done: 'An administrator deleted a room.', isDelicate: true },
  'admin-invite-revoked': { icon: 'key', done: 'An administrator took back an invitation to a room.' },
  'admin-limit-lifted': { icon: 'key', done: 'An administrator lifted a limit.' },
  'admin-audit-exported': { icon: 'data', done: 'Downloaded the audit log of this server.', isDelicate: true },
};

/** A server that is newer than this page may know more. */
const unknown: Entry = { icon: 'warn', done: 'Something happened that this page has no words for yet. Reload it.' };

/** One event as a sentence. */
export function activityWords({ action, result, detail }: ActivityEvent): ActivityWords {
  const entry = Object.hasOwn(entries, action) ? entries[action] : unknown;
  const { name, by } = detail;
  const plain = result === 'done' ? entry.done : (entry.refused ?? `Refused: ${entry.done}`);
  const sentence = isText(by) ? withName(plain, by) : plain;
  return {
    icon: result === 'done' ? entry.icon : 'warn',
    sentence: isText(name) ? `${withoutStop(sentence)}: “${name}”.` : sentence,
    isDelicate: result === 'refused' || entry.isDelicate === true,
  };
}

const administrator = 'An administrator ';

/** An administrator is called by name where the sentence speaks of one, everybody else behind it. */
function withName(sentence: string, by: string): string {
  if (!sentence.startsWith(administrator)) return `${withoutStop(sentence)}, by ${by}.`;
  return `${by}, an administrator, ${sentence.slice(administrator.length)}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/u, '');
}
