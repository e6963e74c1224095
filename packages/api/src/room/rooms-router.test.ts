import { roomMembers } from '@atrium/db';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

/** Somebody whose seat says owner while the row says editor already: between the commit and its notification. */
async function loweredOwner() {
  const ada = await kit.signUp();
  const roomId = await kit.createRoom(ada);
  const eve = await kit.signUp();
  await kit.join(roomId, eve, 'owner');
  const seat = await kit.services.seats.take(ada.user.id, roomId);
  await kit.services.db.withScope({ system: 'test' }, async (tx) => {
    const ofAda = and(eq(roomMembers.roomId, roomId), eq(roomMembers.userId, ada.user.id));
    await tx.update(roomMembers).set({ role: 'editor' }).where(ofAda);
  });
  expect(seat?.access.role).toBe('owner');
  return { caller: appRouter.createCaller(kit.httpContext(ada)), roomId, eve: eve.user.id };
}

test('an owner who was lowered a moment ago is told so, and nobody else is thrown out', async () => {
  const { caller, roomId, eve } = await loweredOwner();
  const calls = [
    () => caller.rooms.rename({ roomId, title: 'Mine' }),
    () => caller.rooms.archive({ roomId }),
    () => caller.rooms.remove({ roomId }),
    () => caller.members.setRole({ roomId, userId: eve, role: 'viewer' }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ reason: 'NOT_ALLOWED' });
  expect(await caller.rooms.get({ roomId })).toMatchObject({ title: 'A board', archived: false, role: 'editor' });
});

test("commands that somebody kept are done in nobody else's name", async () => {
  const [ada, bob] = [await kit.signUp(), await kit.signUp()];
  const caller = appRouter.createCaller(kit.httpContext(bob));
  const roomId = await kit.createRoom(bob);
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#fafafa' } }];
  const send = (as: string) => caller.rooms.send({ roomId, clientId: 'kept', commands, as });
  await expect(send(ada.user.id)).rejects.toMatchObject({ reason: 'OTHER_PERSON' });
  // A room that the other one does not even know: a client that heard "not found" would give the commands up.
  const theirs = await kit.createRoom(ada);
  const kept = caller.rooms.send({ roomId: theirs, clientId: 'kept', commands, as: ada.user.id });
  await expect(kept).rejects.toMatchObject({ reason: 'OTHER_PERSON' });
  // The number is free: nothing of it was decided.
  expect(await send(bob.user.id)).toMatchObject({ ver: 1, results: [{ seq: 1, ok: true }] });
});
