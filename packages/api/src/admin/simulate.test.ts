import type { Identity } from '@atrium/auth';
import { archiveRoom } from '@atrium/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

/** What the simulator says is what happens: it is asked first, then the call is made. */

let kit: TestServices;
let admin: Identity;
let owner: Identity;
beforeAll(async () => {
  kit = await openTestServices();
  admin = await kit.promote(await kit.signUp());
});
beforeEach(async () => {
  owner = await kit.signUp();
});
afterAll(() => kit[Symbol.asyncDispose]());

const simulate = (who: Identity, procedure: string, roomId?: string) =>
  appRouter.createCaller(kit.httpContext(admin)).admin.simulate({ userId: who.user.id, procedure, roomId });

async function outcome(who: Identity, call: (caller: ReturnType<typeof appRouter.createCaller>) => Promise<unknown>) {
  try {
    await call(appRouter.createCaller(kit.httpContext(who)));
    return null;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
}

type Arrange = (roomId: string) => Promise<Identity>;

const people: Readonly<Record<string, Arrange>> = {
  stranger: () => kit.signUp(),
  guest: () => kit.enterAsGuest(),
  viewer: async (roomId) => {
    const member = await kit.signUp();
    await kit.join(roomId, member, 'viewer');
    return member;
  },
  visitor: async (roomId) => {
    await kit.publish(roomId);
    return kit.signUp();
  },
  owner: () => Promise.resolve(owner),
  'owner of a frozen room': async (roomId) => {
    await kit.freeze(roomId);
    return owner;
  },
  'owner of an archived room': async (roomId) => {
    await kit.services.db.withScope({ user: owner.user.id }, (tx) => archiveRoom(tx, roomId, new Date()));
    return owner;
  },
  'somebody disabled': async (roomId) => {
    const member = await kit.signUp();
    await kit.join(roomId, member, 'owner');
    await kit.disable(member);
    return member;
  },
};

test.each(Object.keys(people))('what is said of a %s is what happens to them', async (name) => {
  const roomId = await kit.createRoom(owner);
  const who = await people[name]?.(roomId);
  if (!who) throw new Error('nobody');
  const calls = {
    'rooms.get': (caller) => caller.rooms.get({ roomId }),
    'rooms.rename': (caller) => caller.rooms.rename({ roomId, title: 'New' }),
    'members.list': (caller) => caller.members.list({ roomId }),
    'invites.create': (caller) => caller.invites.create({ roomId, role: 'viewer' }),
    'admin.users': (caller) => caller.admin.users(),
    'account.changePassword': (caller) => caller.account.changePassword({ password: 'another horse' }),
    'auth.options': (caller) => caller.auth.options(),
  } satisfies Record<string, Parameters<typeof outcome>[1]>;
  for (const [procedure, call] of Object.entries(calls)) {
    const said = await simulate(who, procedure, roomId);
    expect([procedure, said.reason]).toEqual([procedure, await outcome(who, call)]);
    expect(said.allowed).toBe(said.reason === null);
  }
});

test('the rule that says so is named, and those behind it are not looked at', async () => {
  const roomId = await kit.createRoom(owner);
  const viewer = await people['viewer']?.(roomId);
  if (!viewer) throw new Error('nobody');
  const said = await simulate(viewer, 'rooms.rename', roomId);
  expect(said.policy).toBe('room:owner, token with rooms:write');
  expect(said.rules.map(({ name, holds }) => [name, holds])).toEqual([
    ['enabled', true],
    ['permission', true],
    ['member', true],
    ['role', false],
    ['not frozen', null],
    ['not archived', null],
  ]);
  expect(said.rules.find(({ holds }) => holds === false)?.words).toBe('is at least owner');
});

test('nothing is asked about what is not there', async () => {
  await expect(simulate(owner, 'rooms.nothing')).rejects.toMatchObject({ reason: 'NOT_FOUND' });
  await expect(simulate(owner, 'rooms.rename')).rejects.toMatchObject({ reason: 'INVALID_INPUT' });
});
