import type { AuditAction } from '@atrium/api';

/** What can be chosen instead of one action after the other. */
export const actionGroups = [
  { value: 'all', text: 'Everything' },
  { value: 'sign-in', text: 'Sign-ins' },
  { value: 'account', text: 'Accounts' },
  { value: 'room', text: 'Rooms' },
  { value: 'admin', text: 'Administration' },
  { value: 'denial', text: 'Denials' },
] as const;

export type ActionGroup = (typeof actionGroups)[number]['value'];

/** Each action in one group; the compiler misses the one that is left out. */
const groupOf: { readonly [action in AuditAction]: Exclude<ActionGroup, 'all'> } = {
  registered: 'sign-in',
  'signed-in': 'sign-in',
  'signed-out': 'sign-in',
  'session-ended': 'sign-in',
  'session-theft': 'sign-in',
  'sudo-opened': 'sign-in',
  'magic-link-requested': 'sign-in',
  'recovery-code-used': 'sign-in',
  'guest-claimed': 'account',
  'email-confirmed': 'account',
  'password-reset-requested': 'account',
  'password-reset': 'account',
  'password-changed': 'account',
  'email-change-requested': 'account',
  'email-changed': 'account',
  'totp-added': 'account',
  'totp-removed': 'account',
  'recovery-codes-made': 'account',
  'passkey-added': 'account',
  'passkey-renamed': 'account',
  'passkey-removed': 'account',
  'identity-linked': 'account',
  'identity-unlinked': 'account',
  'api-token-created': 'account',
  'api-token-revoked': 'account',
  'api-token-reused': 'account',
  'data-exported': 'account',
  'deletion-requested': 'account',
  'deletion-undone': 'account',
  'account-deleted': 'account',
  'room-joined': 'room',
  'room-left': 'room',
  'room-removed-from': 'room',
  'room-role-changed': 'room',
  'room-invited': 'room',
  'room-invite-revoked': 'room',
  'room-renamed': 'room',
  'room-archived': 'room',
  'room-brought-back': 'room',
  'room-deleted': 'room',
  'room-made-public': 'room',
  'room-made-private': 'room',
  'room-access-asked': 'room',
  'room-let-in': 'room',
  'room-turned-away': 'room',
  denied: 'denial',
  'admin-first': 'admin',
  'admin-role-changed': 'admin',
  'admin-disabled': 'admin',
  'admin-enabled': 'admin',
  'admin-session-ended': 'admin',
  'admin-impersonated': 'admin',
  'admin-impersonation-ended': 'admin',
  'admin-room-frozen': 'admin',
  'admin-room-thawed': 'admin',
  'admin-room-transferred': 'admin',
  'admin-room-deleted': 'admin',
  'admin-invite-revoked': 'admin',
  'admin-limit-lifted': 'admin',
  'admin-audit-exported': 'admin',
};

/** The actions of a group; none stands for every action, also for those that this page does not know. */
export function actionsIn(group: ActionGroup): AuditAction[] {
  const actions = Object.keys(groupOf) as AuditAction[];
  return actions.filter((action) => groupOf[action] === group);
}
