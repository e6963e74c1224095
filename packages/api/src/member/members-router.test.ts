import type { Identity } from '@atrium/auth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

const callerOf = (identity: Identity) => appRouter.createCaller(kit.httpContext(identity));

async function stage() {
  const [ada, ben] = [await kit.signUp(), await kit.signUp()];
  const roomId = await kit.createRoom(ada);
  await kit.join(roomId, ben, 'editor');
  return { ada, ben, roomId, asAda: callerOf(ada), asBen: callerOf(ben) };
}

const rolesIn = async (caller: ReturnType<typeof callerOf>, roomId: string) =>
  Object.fromEntries((await caller.members.list({ roomId })).map(({ userId, role }) => [userId, role]));

test('ownership is handed over, and the former owner leaves', async () => {
  const { ben, roomId, asAda, asBen } = await stage();
  await expect(asAda.members.leave({ roomId })).rejects.toMatchObject({ reason: 'LAST_OWNER' });
  await asAda.members.setRole({ roomId, userId: ben.user.id, role: 'owner' });
  await asAda.members.leave({ roomId });
  expect(await rolesIn(asBen, roomId)).toEqual({ [ben.user.id]: 'owner' });
  await expect(asAda.rooms.get({ roomId })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  const { items } = await asBen.account.activity();
  // Who did it is told, and not where they were.
  const detail = { room: roomId, name: 'A board', by: 'Somebody', role: 'owner' };
  expect(items[0]).toMatchObject({ action: 'room-role-changed', detail, place: '', label: '' });
});

test('a guest is given every role but the one that nobody could come back to', async () => {
  const { roomId, asAda } = await stage();
  const guest = await kit.enterAsGuest();
  await kit.join(roomId, guest, 'viewer');
  const userId = guest.user.id;
  await expect(asAda.members.setRole({ roomId, userId, role: 'owner' })).rejects.toMatchObject({
    reason: 'NOT_ALLOWED',
  });
  await asAda.members.setRole({ roomId, userId, role: 'commenter' });
  expect((await rolesIn(asAda, roomId))[userId]).toBe('commenter');
});

test('who is no member is answered like who does not exist, and strangers are told nothing', async () => {
  const { roomId, asAda } = await stage();
  const eve = await kit.signUp();
  const nobody = '00000000-0000-4000-8000-000000000000';
  for (const userId of [eve.user.id, nobody]) {
    await expect(asAda.members.remove({ roomId, userId })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
    const raised = asAda.members.setRole({ roomId, userId, role: 'viewer' });
    await expect(raised).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  }
  for (const id of [roomId, nobody])
    await expect(callerOf(eve).members.leave({ roomId: id })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});

test('an invitation by mail lets one person in; its owner sees to whom it went', async () => {
  const { roomId, asAda } = await stage();
  const [eve, tom] = [await kit.signUp(), await kit.signUp()];
  const created = await asAda.invites.create({ roomId, role: 'commenter', email: 'Eve@Example.org' });
  expect(created).toMatchObject({ email: 'eve@example.org', maxUses: 1, uses: 0 });
  await kit.services.mailQueue.idle();
  const mail = kit.mailbox.mails.find(({ to }) => to === 'eve@example.org');
  expect(mail?.links[0]).toBe(created.url);
  expect(mail?.subject).toBe('Somebody invites you to a room');
  await callerOf(eve).invites.accept({ token: created.token });
  await expect(callerOf(tom).invites.accept({ token: created.token })).rejects.toMatchObject({
    reason: 'INVITE_INVALID',
  });
  expect(await asAda.invites.list({ roomId })).toMatchObject([{ id: created.id, uses: 1, email: 'eve@example.org' }]);
  expect(await asAda.invites.revoke({ id: created.id })).toEqual({ removed: 1 });
  await expect(callerOf(eve).rooms.get({ roomId })).rejects.toMatchObject({ reason: 'NOT_FOUND' });
});
