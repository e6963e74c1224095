import { expect, test } from 'vitest';
import { setMemberRole } from '../member/change-member.ts';
import { listMembers, memberRole } from '../member/member.ts';
import type { ScopedTx } from '../scope.ts';
import type { TestDatabase } from '../testing/index.ts';
import { arrangeInvite, arrangeMember, arrangeRoom, arrangeUser, openTestDatabase } from '../testing/index.ts';
import { acceptInvite, type Accepted, deleteInvite, listInvites, previewInvite } from './invite.ts';

const bearer = async <T>(db: TestDatabase, run: (tx: ScopedTx) => Promise<T>): Promise<T> =>
  await db.withScope({ system: 'invite' }, run);

const accept = async (db: TestDatabase, tokenHash: string, userId: string): Promise<Accepted | null> =>
  await bearer(db, async (tx) => await acceptInvite(tx, { tokenHash, userId, now: new Date() }));

test('an invitation shows what it is for and makes its bearer a member', async () => {
  await using db = await openTestDatabase();
  const [owner, guest] = [await arrangeUser(db, { name: 'Ada' }), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner, 'Plans');
  const { tokenHash, expiresAt } = await arrangeInvite(db, { roomId, createdBy: owner });
  expect(await bearer(db, async (tx) => await previewInvite(tx, tokenHash, new Date()))).toEqual({
    roomId,
    roomTitle: 'Plans',
    kind: 'board',
    role: 'editor',
    invitedBy: 'Ada',
    expiresAt,
  });
  expect(await accept(db, tokenHash, guest)).toMatchObject({ roomId, role: 'editor' });
  expect(await db.withScope({ user: guest }, async (tx) => await memberRole(tx, roomId, guest))).toBe('editor');
});

test('an invitation that is over, revoked or unknown opens nothing', async () => {
  await using db = await openTestDatabase();
  const [owner, guest] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  const over = await arrangeInvite(db, { roomId, createdBy: owner }, { expiresAt: new Date(Date.now() - 1) });
  const revoked = await arrangeInvite(db, { roomId, createdBy: owner });
  expect(
    await db.withScope({ user: owner }, async (tx) => await deleteInvite(tx, { id: revoked.id, keepMembers: true })),
  ).toEqual({
    roomId,
    removed: [],
  });
  for (const tokenHash of [over.tokenHash, revoked.tokenHash, 'unknown']) {
    expect(await bearer(db, async (tx) => await previewInvite(tx, tokenHash, new Date()))).toBeNull();
    expect(await accept(db, tokenHash, guest)).toBeNull();
  }
  expect(await bearer(db, async (tx) => await listMembers(tx, roomId))).toHaveLength(1);
});

test.each([
  ['viewer', 'editor', 'editor'],
  ['editor', 'viewer', 'editor'],
  ['commenter', 'commenter', 'commenter'],
] as const)('a %s who accepts an invitation as %s is %s', async (before, offered, after) => {
  await using db = await openTestDatabase();
  const [owner, userId] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId, role: before });
  const { tokenHash } = await arrangeInvite(db, { roomId, createdBy: owner }, { role: offered });
  expect(await accept(db, tokenHash, userId)).toMatchObject({ roomId, role: after });
});

test('an owner who tries the link of their own room stays its owner', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  const roomId = await arrangeRoom(db, owner);
  const { tokenHash } = await arrangeInvite(db, { roomId, createdBy: owner }, { role: 'viewer' });
  expect(await accept(db, tokenHash, owner)).toMatchObject({ roomId, role: 'owner' });
});

test('fifty acceptances at once make one member, and each is answered the same', async () => {
  await using db = await openTestDatabase();
  const [owner, guest] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  const { tokenHash } = await arrangeInvite(db, { roomId, createdBy: owner });
  const answers = await Promise.all(Array.from({ length: 50 }, async () => await accept(db, tokenHash, guest)));
  expect(answers.filter((answer) => answer?.isChanged)).toEqual([{ roomId, role: 'editor', isChanged: true }]);
  for (const answer of answers) expect(answer).toMatchObject({ roomId, role: 'editor' });
  expect(await bearer(db, async (tx) => await listMembers(tx, roomId))).toHaveLength(2);
});

test('owners list the invitations of their room, newest first', async () => {
  await using db = await openTestDatabase();
  const [owner, other] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  const first = await arrangeInvite(db, { roomId, createdBy: owner });
  const second = await arrangeInvite(db, { roomId, createdBy: owner }, { role: 'viewer' });
  const listed = await db.withScope({ user: owner }, async (tx) => await listInvites(tx, roomId));
  expect(listed.map((invite) => invite.id)).toEqual([second.id, first.id]);
  expect(listed[0]).not.toHaveProperty('tokenHash');
  expect(await db.withScope({ user: other }, async (tx) => await listInvites(tx, roomId))).toEqual([]);
});

test('a link lets in as many as it says: of fifty at once, three; whoever comes back uses nothing up', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  const roomId = await arrangeRoom(db, owner);
  const { tokenHash } = await arrangeInvite(db, { roomId, createdBy: owner }, { maxUses: 3 });
  const people = await Promise.all(Array.from({ length: 50 }, () => arrangeUser(db)));
  const answers = await Promise.all(people.map((userId) => accept(db, tokenHash, userId)));
  const inside = people.filter((_, index) => answers[index] !== null);
  expect(inside).toHaveLength(3);
  const members = await bearer(db, async (tx) => await listMembers(tx, roomId));
  expect(members.map(({ userId }) => userId).toSorted()).toEqual([owner, ...inside].toSorted());
  for (const userId of inside) expect(await accept(db, tokenHash, userId)).toMatchObject({ roomId, role: 'editor' });
  expect(await bearer(db, async (tx) => await previewInvite(tx, tokenHash, new Date()))).toBeNull();
  const listed = await db.withScope({ user: owner }, async (tx) => await listInvites(tx, roomId));
  expect(listed).toMatchObject([{ maxUses: 3, uses: 3 }]);
});

test('a link that is taken back takes out whoever came by it alone', async () => {
  await using db = await openTestDatabase();
  const [owner, came, kept, known] = await Promise.all(Array.from({ length: 4 }, () => arrangeUser(db)));
  if (!owner || !came || !kept || !known) throw new Error('nobody');
  const roomId = await arrangeRoom(db, owner);
  await arrangeMember(db, { roomId, userId: known, role: 'viewer' });
  const { id, tokenHash } = await arrangeInvite(db, { roomId, createdBy: owner });
  for (const userId of [came, kept, known]) await accept(db, tokenHash, userId);
  const asOwner = <T>(run: (tx: ScopedTx) => Promise<T>) => db.withScope({ user: owner }, run);
  // Whom an owner has given a role since stays for good.
  await asOwner(async (tx) => await setMemberRole(tx, { roomId, userId: kept, role: 'commenter' }));
  const revoked = await asOwner(async (tx) => await deleteInvite(tx, { id, keepMembers: false }));
  expect(revoked).toEqual({ roomId, removed: [came] });
  const members = await bearer(db, async (tx) => await listMembers(tx, roomId));
  expect(members.map(({ userId }) => userId).toSorted()).toEqual([owner, kept, known].toSorted());
  expect(await accept(db, tokenHash, came)).toBeNull();
});

test('a link that is taken back while somebody comes in leaves nobody behind, in either order', async () => {
  await using db = await openTestDatabase();
  const [owner, guest] = [await arrangeUser(db), await arrangeUser(db)];
  const roomId = await arrangeRoom(db, owner);
  for (let round = 0; round < 10; round += 1) {
    const { id, tokenHash } = await arrangeInvite(db, { roomId, createdBy: owner });
    const revoke = () =>
      db.withScope({ user: owner }, async (tx) => await deleteInvite(tx, { id, keepMembers: false }));
    const both = [revoke, () => accept(db, tokenHash, guest)];
    await Promise.all((round % 2 ? both : both.toReversed()).map((act) => act()));
    expect(await bearer(db, async (tx) => await memberRole(tx, roomId, guest))).toBeNull();
  }
});
