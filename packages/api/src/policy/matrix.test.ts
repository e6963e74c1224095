import type { Identity } from '@atrium/auth';
import { deleteSession, type MailLinkPurpose } from '@atrium/db';
import type { Role } from '@atrium/rooms';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { policiesOf } from './assert-policies.ts';
import { permissions } from './permission.ts';
import { describePolicy, type Policy } from './policy.ts';

/**
 * Runs every procedure as every actor and compares with matrix.md, which a person can read. A procedure without an
 * input below, a row that changed, or a check that was removed turns this red. What may be called both ways is called
 * both ways; where the answers differ, the socket's stands behind the slash. `unconfirmed` and `stale` (who has not proved
 * for an hour who they are) own the room. `token` is a program of the owner with every permission, `token without` one with
 * all but that which the procedure names.
 */
const actors = [
  'anonymous',
  'revoked',
  'expired',
  'disabled',
  'guest',
  'unconfirmed',
  'stale',
  'stranger',
  'admin',
  'viewer',
  'commenter',
  'editor',
  'owner',
  'token',
  'token without',
] as const;
type Actor = (typeof actors)[number];

const memberRoles: readonly Actor[] = ['viewer', 'commenter', 'editor', 'owner'];

interface Stage {
  /** Null for procedures that are about no room. */
  readonly roomId: string | null;
  readonly memberId: string;
  readonly inviteId: string;
  readonly inviteToken: string;
  readonly ownerSession: string;
  readonly tokenId: string;
  readonly refreshToken: string;
  /** A token that was mailed to the owner. */
  mailedToken(purpose: MailLinkPurpose): Promise<string>;
}

/** Well-formed answers of an authenticator that nobody asked. */
const credential = { id: 'unknown', rawId: 'unknown', type: 'public-key', clientExtensionResults: {} };
const assertion = { ...credential, response: { clientDataJSON: 'x', authenticatorData: 'x', signature: 'x' } };
const registration = { ...credential, response: { clientDataJSON: 'x', attestationObject: 'x' } };

/** A valid input for each procedure: whatever is refused is refused by a policy. */
const inputs: Record<string, (stage: Stage) => unknown> = {
  'auth.me': () => undefined,
  'auth.options': () => undefined,
  'auth.register': () => ({ email: `${randomUUID()}@example.org`, password: 'correct horse' }),
  'auth.login': () => ({ email: 'known@example.org', password: 'correct horse' }),
  'auth.guest': () => ({ name: 'Guest' }),
  'auth.reauthenticate': () => ({ password: 'correct horse' }),
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
  'invites.create': ({ roomId }) => ({ roomId, role: 'viewer' }),
  'invites.list': ({ roomId }) => ({ roomId }),
  'invites.revoke': ({ inviteId }) => ({ id: inviteId }),
  'invites.preview': ({ inviteToken }) => ({ token: inviteToken }),
  'invites.accept': ({ inviteToken }) => ({ token: inviteToken }),
};

const device = { userAgent: undefined, address: '127.0.0.1' };
let kit: TestServices;

beforeAll(async () => {
  kit = await openTestServices();
  const known = { email: 'known@example.org', password: 'correct horse', name: undefined };
  await kit.services.accounts.register(known, device);
});
afterAll(() => kit[Symbol.asyncDispose]());

test('every procedure answers every actor as matrix.md says', async () => {
  const policies = policiesOf(appRouter);
  const lines = [`| procedure | policy | ${actors.join(' | ')} |`, `|---|---|${actors.map(() => '---').join('|')}|`];
  for (const [path, policy] of policies) {
    const input = inputs[path];
    if (!input) throw new Error(`${path} has no input in matrix.test.ts, so nobody knows whom it answers`);
    const transports = policy.transport ? [policy.transport] : (['http', 'socket'] as const);
    const cells: string[] = [];
    for (const actor of actors) {
      const answers = new Set<string>();
      for (const transport of transports)
        answers.add(await answer(actor, { path, input, transport, permission: policy.permission }));
      cells.push([...answers].join(' / '));
    }
    lines.push(`| ${path} | ${describePolicy(policy)} | ${cells.join(' | ')} |`);
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./matrix.md');
}, 120_000);

interface Question {
  readonly path: string;
  readonly input: (stage: Stage) => unknown;
  readonly transport: 'http' | 'socket';
  readonly permission: Policy['permission'];
}

async function answer(actor: Actor, { path, input, transport, permission }: Question): Promise<string> {
  const owner = await kit.signUp();
  const place = /^(rooms|members|invites)\./.test(path) ? await openPlace(owner) : noPlace;
  const issued = path.startsWith('tokens.') ? await issueTo(owner) : notIssued;
  const identity = await arrange(actor, { owner, roomId: place.roomId, permission });
  if (transport === 'socket' && !identity) return '–';
  const context = transport === 'socket' && identity ? await kit.socketContext(identity) : kit.httpContext(identity);
  const stage: Stage = {
    ...place,
    ...issued,
    ownerSession: owner.session.publicId,
    mailedToken: (purpose) => mailedTo(owner, purpose),
  };
  return outcomeOf(path, context, await input(stage));
}

const noPlace = { roomId: null, memberId: '', inviteId: '', inviteToken: '' };

async function openPlace(owner: Identity) {
  const roomId = await kit.createRoom(owner);
  const invite = await appRouter.createCaller(kit.httpContext(owner)).invites.create({ roomId, role: 'viewer' });
  const member = await kit.signUp();
  await kit.join(roomId, member, 'viewer');
  return { roomId, memberId: member.user.id, inviteId: invite.id, inviteToken: invite.token };
}

const notIssued = { tokenId: '', refreshToken: '' };

async function issueTo(owner: Identity) {
  const wanted = { name: 'Bot', permissions: [], lifetime: 60_000 };
  const { id, refreshToken } = await kit.services.apiTokens.create(owner, wanted, device);
  return { tokenId: id, refreshToken };
}

async function mailedTo({ user }: Identity, purpose: MailLinkPurpose): Promise<string> {
  const email = purpose === 'change-email' ? `${randomUUID()}@example.org` : (user.email ?? '');
  const url = await kit.services.mailLinks.issue({ userId: user.id, purpose, email });
  return url.split('#')[1] ?? '';
}

interface Arranged {
  readonly owner: Identity;
  readonly roomId: string | null;
  readonly permission: Policy['permission'];
}

async function arrange(actor: Actor, { owner, roomId, permission }: Arranged): Promise<Identity | null> {
  if (actor === 'anonymous') return null;
  if (actor === 'owner') return owner;
  if (actor === 'token') return kit.issueToken(owner, permissions);
  if (actor === 'token without')
    return kit.issueToken(
      owner,
      permissions.filter((each) => each !== permission),
    );
  if (actor === 'guest') return kit.enterAsGuest();
  if (actor === 'unconfirmed') await kit.unconfirm(owner);
  if (actor === 'stale') await kit.leaveSudo(owner);
  if (actor === 'unconfirmed' || actor === 'stale') return (await kit.reread(owner)) ?? owner;
  const identity = await kit.signUp();
  if (actor === 'stranger') return identity;
  if (actor === 'admin') return kit.promote(identity);
  if (roomId !== null) await kit.join(roomId, identity, memberRoles.includes(actor) ? (actor as Role) : 'editor');
  if (actor === 'revoked')
    await kit.services.db.withScope({ system: 'test' }, (tx) =>
      deleteSession(tx, identity.session.publicId, 'signed-out'),
    );
  if (actor === 'expired') await kit.expire(identity);
  if (actor === 'disabled') await kit.disable(identity);
  return identity;
}

async function outcomeOf(path: string, context: Context, input: unknown): Promise<string> {
  const abort = new AbortController();
  const caller = appRouter.createCaller(context, { signal: abort.signal });
  const step = (from: unknown, name: string) => (from as Record<string, unknown>)[name];
  const procedure = path.split('.').reduce<unknown>(step, caller) as (input: unknown) => Promise<unknown>;
  try {
    const result = await procedure(input);
    await firstOf(result);
    return refusedCommand(result) ?? 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.reason;
    throw error;
  } finally {
    abort.abort();
  }
}

/** A stream is open once its first event came. */
async function firstOf(result: unknown): Promise<void> {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return;
  for await (const _event of result as AsyncIterable<unknown>) return;
}

/** `rooms.send` answers each command by itself. */
function refusedCommand(result: unknown): string | null {
  const results = (result as { results?: readonly { ok: boolean; code?: string }[] } | undefined)?.results;
  return results?.[0]?.ok === false ? `ok: ${results[0].code}` : null;
}
