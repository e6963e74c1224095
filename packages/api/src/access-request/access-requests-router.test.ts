import type { Identity } from '@atrium/auth';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

const callerOf = (identity: Identity) => appRouter.createCaller(kit.httpContext(identity)).accessRequests;

/** All that is in the background is done afterwards. */
async function ask(identity: Identity, roomId: string): Promise<void> {
  expect(await callerOf(identity).create({ roomId })).toEqual({});
  await kit.services.mailQueue.idle();
}

const mailsTo = ({ user }: Identity) => kit.mailbox.mails.filter(({ to }) => to === user.email);

async function stage() {
  const [ada, ben, tom] = [await kit.signUp(), await kit.signUp(), await kit.signUp()];
  const roomId = await kit.createRoom(ada);
  await kit.join(roomId, ben, 'owner');
  return { ada, ben, tom, roomId };
}

test('each owner is mailed once about a request, with the way to the page that answers it', async () => {
  const { ada, ben, tom, roomId } = await stage();
  const editor = await kit.signUp();
  await kit.join(roomId, editor, 'editor');
  await ask(tom, roomId);
  await ask(tom, roomId);
  for (const owner of [ada, ben]) {
    expect(mailsTo(owner)).toMatchObject([{ links: [`http://localhost:3000/rooms/${roomId}/members`] }]);
    expect(mailsTo(owner)[0]?.text).toContain('Somebody asks to be let into the room “A board”');
  }
  expect([...mailsTo(editor), ...mailsTo(tom)]).toEqual([]);
});

test('an owner without a confirmed address, or who is disabled, is mailed nothing', async () => {
  const { ada, ben, tom, roomId } = await stage();
  const cleo = await kit.signUp();
  await kit.join(roomId, cleo, 'owner');
  await kit.unconfirm(ada);
  await kit.disable(ben);
  await ask(tom, roomId);
  expect([...mailsTo(ada), ...mailsTo(ben)]).toEqual([]);
  expect(mailsTo(cleo)).toHaveLength(1);
});

test('who is in the room, or asks for one that is not there, causes no mail', async () => {
  const { ada, tom, roomId } = await stage();
  await kit.join(roomId, tom, 'viewer');
  const before = kit.mailbox.mails.length;
  for (const room of [roomId, randomUUID()]) await ask(tom, room);
  await ask(ada, roomId);
  expect(kit.mailbox.mails).toHaveLength(before);
});

test('who is turned away and asks again is mailed about again, until the owner has got enough of it', async () => {
  const { ada, tom, roomId } = await stage();
  for (let n = 0; n < 8; n += 1) {
    await ask(tom, roomId);
    expect(await callerOf(ada).list({ roomId })).toMatchObject([{ userId: tom.user.id }]);
    await callerOf(ada).answer({ roomId, userId: tom.user.id, role: null });
  }
  expect(mailsTo(ada)).toHaveLength(5);
});
