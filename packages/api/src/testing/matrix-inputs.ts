import type { MailLinkPurpose } from '@atrium/db';
import { randomUUID } from 'node:crypto';

/** What is there for a call to be about. */
export interface Stage {
  /** Null for procedures that are about no room. */
  readonly roomId: string | null;
  readonly memberId: string;
  readonly memberSession: string;
  /** Waits at the door of the room. */
  readonly askingId: string;
  readonly inviteId: string;
  readonly inviteToken: string;
  readonly ownerSession: string;
  readonly ownerId: string;
  readonly tokenId: string;
  readonly refreshToken: string;
  /** A token that was mailed to the owner. */
  readonly mailedToken: (purpose: MailLinkPurpose) => Promise<string>;
}

/** Well-formed answers of an authenticator that nobody asked. */
const credential = { id: 'unknown', rawId: 'unknown', type: 'public-key', clientExtensionResults: {} };
const assertion = { ...credential, response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' } };
const registration = { ...credential, response: { clientDataJSON: 'x', attestationObject: 'x' } };

/** A valid input for each procedure: whatever is refused is refused by a policy. */
export const inputs: Record<string, (stage: Stage) => unknown> = {
  'auth.me': () => undefined,
  'auth.options': () => undefined,
  'auth.register': () => ({ email: `${randomUUID()}@example.org`, password: 'correct horse' }),
  'auth.login': () => ({ email: 'known@example.org', password: 'correct horse' }),
  'auth.guest': () => ({ name: 'Guest' }),
  'auth.reauthenticate': () => ({ password: 'correct horse' }),
  'auth.stopImpersonating': () => undefined,
  'auth.logout': () => undefined,
  'auth.resendConfirmation': () => ({}),
  'auth.requestMagicLink': () => ({ email: `${randomUUID()}@example.org` }),
  'auth.requestPasswordReset': () => ({ email: `${randomUUID()}@example.org` }),
  'auth.inspectMailLink': async ({ mailedToken }) => ({ token: await mailedToken('magic') }),
  'auth.confirmEmail': async ({ mailedToken }) => ({ token: await mailedToken('confirm') }),
  'auth.consumeMagicLink': async ({ mailedToken }) => ({ token: await mailedToken('magic') }),
  'auth.resetPassword': async ({ mailedToken }) => ({ token: await mailedToken('reset'), password: 'correct horse' }),
  'account.changePassword': () => ({ password: 'correct horse' }),
  'account.changeEmail': () => ({ email: `${randomUUID()}@example.org` }),
  'account.confirmEmailChange': async ({ mailedToken }) => ({ token: await mailedToken('change-email') }),
  'account.update': () => ({ name: 'Another name' }),
  'account.identities.list': () => undefined,
  'account.identities.begin': () => ({ provider: 'oidc' }),
  'account.identities.unlink': () => ({ provider: 'oidc' }),
  'auth.passkeys.begin': () => undefined,
  'auth.passkeys.finish': () => ({ challengeId: randomUUID(), response: assertion }),
  'account.totp.status': () => undefined,
  'account.totp.begin': () => undefined,
  'account.totp.confirm': () => ({ code: '000000' }),
  'account.totp.disable': () => undefined,
  'account.recoveryCodes': () => undefined,
  'account.passkeys.list': () => undefined,
  'account.passkeys.begin': () => undefined,
  'account.passkeys.finish': () => ({ challengeId: randomUUID(), response: registration }),
  'account.passkeys.rename': () => ({ id: 'unknown', name: 'Phone' }),
  'account.passkeys.remove': () => ({ id: 'unknown' }),
  'account.passkeys.beginProof': () => undefined,
  'account.claim': () => ({ email: `${randomUUID()}@example.org`, password: 'correct horse' }),
  'account.activity': () => undefined,
  'account.export': () => undefined,
  'account.delete': () => ({}),
  'sessions.list': () => undefined,
  'sessions.revoke': ({ ownerSession }) => ({ publicId: ownerSession }),
  'sessions.revokeOthers': () => undefined,
  'tokens.create': () => ({ name: 'Bot', permissions: ['rooms:read'] }),
  'tokens.list': () => undefined,
  'tokens.revoke': ({ tokenId }) => ({ id: tokenId }),
  'tokens.refresh': ({ refreshToken }) => ({ refreshToken }),
  'sessions.extend': () => undefined,
  'rooms.create': () => ({ kind: 'board', title: 'New' }),
  'rooms.list': () => undefined,
  'rooms.get': ({ roomId }) => ({ roomId }),
  'rooms.rename': ({ roomId }) => ({ roomId, title: 'Renamed' }),
  'rooms.archive': ({ roomId }) => ({ roomId }),
  'rooms.publish': ({ roomId }) => ({ roomId, public: true }),
  'rooms.preview': ({ roomId }) => ({ roomId }),
  'rooms.remove': ({ roomId }) => ({ roomId }),
  'rooms.watch': ({ roomId }) => ({ roomId }),
  'rooms.presence': ({ roomId }) => ({ roomId }),
  'rooms.setPresence': ({ roomId }) => ({ roomId, meta: { cursor: { x: 1, y: 2 } } }),
  'rooms.send': ({ roomId }) => ({
    roomId,
    clientId: 'tab',
    commands: [{ seq: 1, name: 'setMeta', input: { background: '#ffffff' } }],
  }),
  'members.list': ({ roomId }) => ({ roomId }),
  'members.setRole': ({ roomId, memberId }) => ({ roomId, userId: memberId, role: 'editor' }),
  'members.remove': ({ roomId, memberId }) => ({ roomId, userId: memberId }),
  'members.leave': ({ roomId }) => ({ roomId }),
  'accessRequests.create': ({ roomId }) => ({ roomId }),
  'accessRequests.list': ({ roomId }) => ({ roomId }),
  'accessRequests.answer': ({ roomId, askingId }) => ({ roomId, userId: askingId, role: 'viewer' }),
  'invites.create': ({ roomId }) => ({ roomId, role: 'viewer' }),
  'invites.list': ({ roomId }) => ({ roomId }),
  'invites.revoke': ({ inviteId }) => ({ id: inviteId }),
  'invites.preview': ({ inviteToken }) => ({ token: inviteToken }),
  'invites.accept': ({ inviteToken }) => ({ token: inviteToken }),
  'admin.users': () => undefined,
  'admin.user': ({ memberId }) => ({ userId: memberId }),
  'admin.setRole': ({ memberId }) => ({ userId: memberId, role: 'user' }),
  'admin.disable': ({ memberId }) => ({ userId: memberId }),
  'admin.enable': ({ memberId }) => ({ userId: memberId }),
  'admin.sessions': ({ memberId }) => ({ userId: memberId }),
  'admin.revokeSession': ({ memberSession }) => ({ publicId: memberSession }),
  'admin.impersonate': ({ memberId }) => ({ userId: memberId }),
  'admin.rooms': () => undefined,
  'admin.room': ({ roomId }) => ({ roomId }),
  'admin.freezeRoom': ({ roomId }) => ({ roomId }),
  'admin.transferRoom': ({ roomId, memberId }) => ({ roomId, userId: memberId }),
  'admin.deleteRoom': ({ roomId }) => ({ roomId }),
  'admin.invites': () => undefined,
  'admin.revokeInvite': ({ inviteId }) => ({ id: inviteId }),
  'admin.audit': () => undefined,
  'admin.exportAudit': () => undefined,
  'admin.limits': () => undefined,
  'admin.liftLimit': () => ({ name: 'sign-in.account', key: 'nobody@example.org' }),
  'admin.live': () => undefined,
  'admin.policies': () => undefined,
  'admin.simulate': ({ memberId, roomId }) => ({ userId: memberId, procedure: 'rooms.rename', roomId }),
  'admin.becomeFirst': () => ({ token: 'not one that was printed' }),
};
