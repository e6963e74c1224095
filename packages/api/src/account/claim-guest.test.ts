import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '@atrium/db';
import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { appRouter } from '../app-router.ts';
import type { HttpContext } from '../context.ts';
import { userProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

let kit: TestServices;
beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

const claim = () => ({ email: `${randomUUID()}@example.org`, password: 'correct horse' });

test('A110 a claim keeps session and rooms, opens sudo, replaces the token and makes the browser known', async () => {
  const guest = await kit.enterAsGuest();
  const roomId = await kit.createRoom(guest);
  const set: { token?: string; device?: string } = {};
  const ctx: HttpContext = {
    ...kit.httpContext(guest),
    setCookie: (cookie) => void (set.token = cookie?.token ?? ''),
    setDeviceCookie: (value) => void (set.device = value),
  };
  const input = claim();
  const me = await appRouter.createCaller(ctx).account.claim(input);
  expect(me.user).toMatchObject({ id: guest.user.id, email: input.email, guest: false, confirmed: false });
  expect(me.session?.publicId).toBe(guest.session.publicId);
  const resumed = await kit.services.sessions.resume(set.token ?? '');
  expect(resumed?.session).toMatchObject({ publicId: guest.session.publicId, factors: ['password'] });
  expect(kit.services.deviceCookies.read(set.device)?.userId).toBe(guest.user.id);
  const rooms = await appRouter.createCaller({ ...ctx, identify: () => Promise.resolve(resumed) }).rooms.list();
  expect(rooms.map(({ id, role }) => [id, role])).toEqual([[roomId, 'owner']]);
});

test('A110 two clicks at once: one wins, the other is told that it is an account already', async () => {
  const guest = await kit.enterAsGuest();
  const click = () => appRouter.createCaller(kit.httpContext(guest)).account.claim(claim());
  const outcomes = await Promise.allSettled([click(), click()]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(refused?.reason).toMatchObject({ reason: 'NOT_A_GUEST' });
});

test('A110 a socket that a guest opened asks for sudo and a confirmed address once the account is claimed', async () => {
  const guest = await kit.enterAsGuest();
  const socket = await kit.socketContext(guest);
  const demanding = router({
    sudo: userProcedure({ isSudo: true }).query(() => 'in'),
    confirmed: userProcedure({ isConfirmed: true }).query(() => 'in'),
  });
  const caller = demanding.createCaller(socket);
  expect([await caller.sudo(), await caller.confirmed()]).toEqual(['in', 'in']);
  await appRouter.createCaller(kit.httpContext(guest)).account.claim(claim());
  expect(await caller.sudo()).toBe('in');
  await kit.leaveSudo(guest);
  await expect(caller.sudo()).rejects.toMatchObject({ reason: 'SUDO_REQUIRED' });
  await expect(caller.confirmed()).rejects.toMatchObject({ reason: 'CONFIRM_EMAIL' });
  await kit.services.db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ confirmedAt: new Date() }).where(eq(users.id, guest.user.id));
  });
  expect(await caller.confirmed()).toBe('in');
});
