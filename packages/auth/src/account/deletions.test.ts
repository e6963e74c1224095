import {
  apiTokens,
  auditEvents,
  findUser,
  identities,
  memberRole,
  passkeys,
  rooms,
  undoDeletion,
  users,
} from '@atrium/db';
import {
  arrangeMember,
  arrangeRoom,
  arrangeSession,
  arrangeUser,
  openTestDatabase,
  type TestDatabase,
} from '@atrium/db/testing';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Auth, createAuth } from '../create-auth.ts';
import { createSignInLimits } from '../limit/sign-in-limits.ts';
import { createMailbox } from '../mail/mailbox.ts';
import { createSecretBox } from '../seal/secret-box.ts';
import { defaultLifetimes } from '../session/lifetimes.ts';
import { BadCredentials, createAccounts } from './accounts.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };
const day = 86_400_000;
const password = 'correct horse';

let db: TestDatabase;
let auth: Auth;

beforeAll(async () => {
  db = await openTestDatabase();
  auth = createAuth({
    db,
    lifetimes: defaultLifetimes,
    box: createSecretBox(['only for tests, and long enough for them']),
    publicUrl: 'http://localhost:3000',
    mailer: createMailbox(),
    onMailFailure: () => {},
  });
});
afterAll(() => db[Symbol.asyncDispose]());

const inEight = () => new Date(Date.now() + 8 * day);
const userOf = (id: string) => db.withScope({ system: 'test' }, (tx) => findUser(tx, id));

async function newPerson() {
  const email = `${randomUUID()}@example.org`;
  const { identity, token } = await auth.accounts.register({ email, password, name: 'Ada' }, device);
  return { email, identity, token, id: identity.user.id };
}

async function actionsOf(userId: string): Promise<readonly string[]> {
  const rows = await db.withScope({ system: 'test' }, (tx) =>
    tx
      .select({ action: auditEvents.action })
      .from(auditEvents)
      .where(eq(auditEvents.userId, userId))
      .orderBy(auditEvents.id),
  );
  return rows.map(({ action }) => action);
}

test('A112 asking for deletion signs out everywhere at once and deletes in seven days', async () => {
  const ada = await newPerson();
  const other = await arrangeSession(db, ada.id);
  const tokenId = randomUUID();
  await db.withScope({ system: 'test' }, async (tx) => {
    const token = { name: 'Bot', permissions: [], refreshHash: randomUUID(), expiresAt: inEight() };
    await tx.insert(apiTokens).values({ id: tokenId, userId: ada.id, ...token });
  });
  const requested = await auth.deletions.request(ada.identity, device);
  const all = [ada.identity.session.publicId, other.publicId, tokenId];
  expect(requested?.ended.toSorted()).toEqual(all.toSorted());
  const tokens = await db.withScope({ system: 'test' }, (tx) => tx.select().from(apiTokens));
  expect(tokens).toEqual([]);
  expect(requested?.deletesAt.getTime()).toBeGreaterThan(Date.now() + 7 * day - 60_000);
  expect(await auth.sessions.resume(ada.token)).toBeNull();
  await auth.deletions.sweep(new Date(Date.now() + 6 * day));
  expect(await userOf(ada.id)).not.toBeNull();
  await auth.deletions.sweep(inEight());
  expect(await userOf(ada.id)).toBeNull();
  expect(await actionsOf(ada.id)).toEqual(['registered', 'deletion-requested', 'account-deleted']);
});

test('A112 signing in takes it back', async () => {
  const ada = await newPerson();
  await auth.deletions.request(ada.identity, device);
  const { identity } = await auth.accounts.signIn({ email: ada.email, password }, device);
  expect(await auth.deletions.undo(identity.user.id, device)).toBe(true);
  expect(await auth.deletions.undo(identity.user.id, device)).toBe(false);
  await auth.deletions.sweep(inEight());
  expect(await userOf(ada.id)).toMatchObject({ deleteAfter: null });
  expect(await actionsOf(ada.id)).toContain('deletion-undone');
});

test('A112 a guest, who could not come back, is deleted with the next sweep', async () => {
  const { identity } = await auth.accounts.enterAsGuest({ name: 'Visitor' }, device);
  await auth.deletions.request(identity, device);
  expect(await auth.deletions.sweep()).toBe(1);
  expect(await userOf(identity.user.id)).toBeNull();
});

test('A113 a sign-in after the sweep finds no account', async () => {
  const ada = await newPerson();
  await auth.deletions.request(ada.identity, device);
  await auth.deletions.sweep(inEight());
  await expect(auth.accounts.signIn({ email: ada.email, password }, device)).rejects.toThrow(BadCredentials);
  expect(await auth.deletions.undo(ada.id, device)).toBeNull();
});

test('A113 a sweep between the right password and the session: no account, no error of ours', async () => {
  const ada = await newPerson();
  await auth.deletions.request(ada.identity, device);
  const limits = { ...createSignInLimits(), forgive: async () => void (await auth.deletions.sweep(inEight())) };
  const accounts = createAccounts({ db, ...auth, limits });
  await expect(accounts.signIn({ email: ada.email, password }, device)).rejects.toThrow(BadCredentials);
});

test('A113 a sweep between the session and the undoing: the session is gone with the account', async () => {
  const ada = await newPerson();
  await auth.deletions.request(ada.identity, device);
  const { token } = await auth.accounts.signIn({ email: ada.email, password }, device);
  await auth.deletions.sweep(inEight());
  expect(await auth.deletions.undo(ada.id, device)).toBeNull();
  expect(await auth.sessions.resume(token)).toBeNull();
});

test('A113 undone and swept at once, in any order: either both see the account, or neither', async () => {
  for (let n = 0; n < 10; n++) {
    const id = await arrangeUser(db, { deleteAfter: new Date(Date.now() - 1_000) });
    const undo = () => db.withScope({ system: 'deletion' }, (tx) => undoDeletion(tx, id));
    const sweep = () => auth.deletions.sweep();
    const [first, second] = await Promise.all(n % 2 === 0 ? [undo(), sweep()] : [sweep(), undo()]);
    const isUndone = n % 2 === 0 ? first : second;
    expect((await userOf(id)) !== null).toBe(isUndone === true);
  }
});

test('A112 a session that begins while deletion is asked for is ended, or takes it back', async () => {
  for (let n = 0; n < 10; n++) {
    const id = await arrangeUser(db);
    const { identity } = await auth.sessions.start(id, device, { factors: ['password'] });
    const signIn = async () => {
      const started = await auth.sessions.start(id, device, { factors: ['password'] }).catch(() => null);
      return started && { started, isUndone: await auth.deletions.undo(id, device) };
    };
    const [signedIn] = await Promise.all([signIn(), auth.deletions.request(identity, device)]);
    const isAlive = signedIn !== null && (await auth.sessions.resume(signedIn.started.token)) !== null;
    const user = await userOf(id);
    // Never signed in to an account that is about to be deleted without having been told.
    expect(isAlive && user?.deleteAfter !== null).toBe(false);
  }
});

test('A114 rooms without anybody else go, the others get the owner who is likeliest to take care of them', async () => {
  const due = await arrangeUser(db, { deleteAfter: new Date(Date.now() - 1_000) });
  const [editor, viewer, leaving] = [
    await arrangeUser(db),
    await arrangeUser(db),
    await arrangeUser(db, { deleteAfter: inEight() }),
  ];
  const guest = await arrangeUser(db, { email: null, isGuest: true, confirmedAt: null });
  const room = async (...members: readonly (readonly [string, 'owner' | 'editor' | 'viewer'])[]) => {
    const roomId = await arrangeRoom(db, due);
    for (const [userId, role] of members) await arrangeMember(db, { roomId, userId, role });
    return roomId;
  };
  const alone = await room();
  const byRole = await room([viewer, 'viewer'], [editor, 'editor']);
  const byRegistration = await room([guest, 'editor'], [viewer, 'viewer']);
  const byStaying = await room([leaving, 'editor'], [viewer, 'viewer']);
  const byTime = await room([viewer, 'viewer'], [editor, 'viewer']);
  const owned = await room([viewer, 'owner'], [editor, 'editor']);
  const guestOnly = await room([guest, 'viewer']);
  expect(await auth.deletions.sweep()).toBe(1);
  const roleOf = (roomId: string, userId: string) =>
    db.withScope({ system: 'test' }, (tx) => memberRole(tx, roomId, userId));
  const left = await db.withScope({ system: 'test' }, (tx) => tx.select().from(rooms).where(eq(rooms.id, alone)));
  expect(left).toEqual([]);
  expect([await roleOf(byRole, editor), await roleOf(byRole, viewer)]).toEqual(['owner', 'viewer']);
  expect([await roleOf(byRegistration, viewer), await roleOf(byRegistration, guest)]).toEqual(['owner', 'editor']);
  expect([await roleOf(byStaying, viewer), await roleOf(byStaying, leaving)]).toEqual(['owner', 'editor']);
  expect([await roleOf(byTime, viewer), await roleOf(byTime, editor)]).toEqual(['owner', 'viewer']);
  expect([await roleOf(owned, viewer), await roleOf(owned, editor)]).toEqual(['owner', 'editor']);
  expect(await roleOf(guestOnly, guest)).toBe('owner');
});

test('A115 accounts that nobody uses and nobody can miss are deleted, and no others', async () => {
  const long = new Date(Date.now() - 40 * day);
  const claim = { confirmedAt: null, createdAt: new Date(Date.now() - 8 * day) };
  const guest = { email: null, isGuest: true, confirmedAt: null, createdAt: long };
  const kept = {
    youngClaim: await arrangeUser(db, { ...claim, createdAt: new Date(Date.now() - 6 * day) }),
    claimInUse: await arrangeUser(db, claim),
    claimInRoom: await arrangeUser(db, claim),
    youngGuest: await arrangeUser(db, { ...guest, createdAt: new Date(Date.now() - 29 * day) }),
    guestInUse: await arrangeUser(db, guest),
    guestInRoom: await arrangeUser(db, guest),
    confirmed: await arrangeUser(db, { createdAt: long }),
    claimWithPasskey: await arrangeUser(db, claim),
    claimWithIdentity: await arrangeUser(db, claim),
  };
  await db.withScope({ system: 'test' }, async (tx) => {
    const passkey = { id: randomUUID(), name: 'Laptop', publicKey: 'key', counter: 0, isBackedUp: false };
    await tx.insert(passkeys).values({ userId: kept.claimWithPasskey, ...passkey });
    const identity = { provider: 'github' as const, subject: randomUUID(), label: 'ada-l' };
    await tx.insert(identities).values({ userId: kept.claimWithIdentity, ...identity });
  });
  await arrangeSession(db, kept.claimInUse);
  await arrangeSession(db, kept.guestInUse);
  await arrangeRoom(db, kept.claimInRoom);
  await arrangeRoom(db, kept.guestInRoom);
  const gone = [await arrangeUser(db, claim), await arrangeUser(db, guest)];
  expect(await auth.deletions.sweepAbandoned()).toBe(2);
  const rows = await db.withScope({ system: 'test' }, (tx) => tx.select({ id: users.id }).from(users));
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(Object.values(kept)));
  expect(ids.filter((id) => gone.includes(id))).toEqual([]);
});
