import type { Identity } from '@atrium/auth';
import { SoftwareAuthenticator } from '@atrium/auth/testing';
import { listSessions, users } from '@atrium/db';
import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../app-router.ts';
import type { HttpContext } from '../context.ts';
import { openTestServices, type TestServices } from '../testing/test-services.ts';
import { factorProofInputs } from './factor-input.ts';

let kit: TestServices;

beforeAll(async () => {
  kit = await openTestServices();
});
afterAll(() => kit[Symbol.asyncDispose]());

/** A caller, and the cookies that it was given. */
function callerOf(identity: Identity) {
  const cookies: string[] = [];
  const context: HttpContext = {
    ...kit.httpContext(identity),
    setCookie: (cookie) => cookies.push(cookie?.token ?? 'none'),
  };
  return { caller: appRouter.createCaller(context), cookies };
}

/** Signed in here and on another device. */
async function withOtherDevice() {
  const here = await kit.signUp();
  await signInElsewhere(here);
  return { here, ...callerOf(here) };
}

async function signInElsewhere({ user }: Identity): Promise<void> {
  const device = { userAgent: undefined, address: '127.0.0.1' };
  await kit.services.sessions.start(user.id, device, { factors: ['password'] });
}

/** The same person with the last cookie that they were given. */
function withNewCookie(identity: Identity, cookies: string[]) {
  return appRouter.createCaller({
    ...kit.httpContext(identity),
    identify: () => kit.services.sessions.resume(cookies.at(-1) ?? ''),
    setCookie: (cookie) => cookies.push(cookie?.token ?? 'none'),
  });
}

const sessionsOf = async ({ user }: Identity) => {
  const rows = await kit.services.db.withScope({ user: user.id }, (tx) => listSessions(tx, user.id));
  return rows.map(({ publicId }) => publicId);
};

test('A80 a second factor that is turned on or off ends the other sessions and replaces this token', async () => {
  const { here, caller, cookies } = await withOtherDevice();
  const { secret } = await caller.account.totp.begin();
  expect(await sessionsOf(here)).toHaveLength(2);
  const { recoveryCodes } = await caller.account.totp.confirm({ code: codeNow(secret) });
  expect(recoveryCodes).toHaveLength(10);
  expect(await sessionsOf(here)).toEqual([here.session.publicId]);
  expect(cookies).toHaveLength(1);

  await signInElsewhere(here);
  await withNewCookie(here, cookies).account.totp.disable();
  expect(await sessionsOf(here)).toEqual([here.session.publicId]);
  expect(cookies).toHaveLength(2);
});

test('A80 a passkey that is added or removed does the same; the last way in is refused in words', async () => {
  const { here, caller, cookies } = await withOtherDevice();
  const { challengeId, options } = await caller.account.passkeys.begin();
  const response = new SoftwareAuthenticator().register({ challenge: options.challenge });
  const { id, name } = await caller.account.passkeys.finish({ challengeId, response, name: 'Phone' });
  expect(name).toBe('Phone');
  expect(await sessionsOf(here)).toEqual([here.session.publicId]);
  expect(cookies).toHaveLength(1);

  const confirm = (confirmedAt: Date | null) =>
    kit.services.db.withScope({ system: 'test' }, async (tx) => {
      await tx.update(users).set({ confirmedAt }).where(eq(users.id, here.user.id));
    });
  await signInElsewhere(here);
  await confirm(null);
  await expect(withNewCookie(here, cookies).account.passkeys.remove({ id })).rejects.toMatchObject({
    reason: 'LAST_CREDENTIAL',
    message: 'This is the last way to sign in to this account. Add another one first.',
  });
  expect(await sessionsOf(here)).toHaveLength(2);
  await confirm(new Date());
  await withNewCookie(here, cookies).account.passkeys.remove({ id });
  expect(await sessionsOf(here)).toEqual([here.session.publicId]);
  expect(cookies).toHaveLength(2);
});

test('A74 A80 a passkey that was not made ends nothing, and the refusal does not say why', async () => {
  const { here, caller, cookies } = await withOtherDevice();
  const { challengeId } = await caller.account.passkeys.begin();
  const credential = { id: 'x', rawId: 'x', type: 'public-key', clientExtensionResults: {} } as const;
  const response = { ...credential, response: { clientDataJSON: 'x', attestationObject: 'x' } };
  await expect(caller.account.passkeys.finish({ challengeId, response })).rejects.toMatchObject({
    reason: 'BAD_PASSKEY',
    message: 'This passkey did not work here. Try once more, or another way.',
  });
  expect(await sessionsOf(here)).toHaveLength(2);
  expect(cookies).toEqual([]);
});

test('a proof is a code or the answer of a passkey, and nothing beside it', () => {
  const [code, passkey] = factorProofInputs;
  expect(code.safeParse({ code: ' 123 456 ' }).data).toEqual({ code: '123 456' });
  expect(code.safeParse({ code: '123456', password: 'x' }).success).toBe(false);
  expect(passkey.safeParse({ passkey: { challengeId: 'x' } }).success).toBe(false);
});

/** RFC 6238, written a second time. */
function codeNow(secret: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(secret, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
