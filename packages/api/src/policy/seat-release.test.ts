import type { Identity } from '@atrium/auth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';

/** A place in a room is given back whatever becomes of the call: one that stays would be read again for ever. */

let kit: TestServices;
let ada: Identity;
let roomId: string;
beforeAll(async () => {
  kit = await openTestServices();
  ada = await kit.signUp();
  roomId = await kit.createRoom(ada);
});
afterAll(() => kit[Symbol.asyncDispose]());

const isHeld = () => kit.services.seats.holds(ada.user.id, roomId);

async function callerOnSocket(signal: AbortSignal) {
  return appRouter.createCaller(await kit.socketContext(ada), { signal });
}

test('a call whose input is refused after the seat was taken gives it back', async () => {
  const caller = await callerOnSocket(new AbortController().signal);
  const input = { roomId } as { roomId: string; meta: never };
  await expect(caller.rooms.setPresence(input)).rejects.toMatchObject({ reason: 'INVALID_INPUT' });
  expect(isHeld()).toBe(false);
});

test('a stream that is stopped before its first step gives it back', async () => {
  const leaving = new AbortController();
  const caller = await callerOnSocket(leaving.signal);
  await caller.rooms.watch({ roomId });
  expect(isHeld()).toBe(true);
  leaving.abort();
  expect(isHeld()).toBe(false);
});

test('a stream that is left while it is being opened gives it back', async () => {
  const leaving = new AbortController();
  const caller = await callerOnSocket(leaving.signal);
  const opening = caller.rooms.watch({ roomId });
  leaving.abort();
  await Promise.allSettled([opening]);
  expect(isHeld()).toBe(false);
});

test('a command gives it back when it is done', async () => {
  const caller = appRouter.createCaller(kit.httpContext(ada));
  const commands = [{ seq: 1, name: 'setMeta', input: { background: '#ffffff' } }];
  await caller.rooms.send({ roomId, clientId: 'tab', commands });
  expect(isHeld()).toBe(false);
});
