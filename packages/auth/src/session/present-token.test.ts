import { deleteSession, findSessionByPublicId, insertUser, sessions as rows } from '@atrium/db';
import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { defaultLifetimes } from './lifetimes.ts';
import type { Theft } from './present-token.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { hashToken } from './token.ts';

const device = { userAgent: undefined, address: '203.0.113.7' };
const onTheft = vi.fn<(theft: Theft) => void>();
let db: TestDatabase;
let sessions: Sessions;

beforeAll(async () => {
  db = await openTestDatabase();
  sessions = createSessions({ db, lifetimes: defaultLifetimes, onTheft });
});
beforeEach(() => onTheft.mockReset());
afterAll(() => db[Symbol.asyncDispose]());

/** A session whose token is due. */
async function startDue() {
  const user = { id: randomUUID(), email: null, name: 'Ada' };
  await db.withScope({ system: 'test' }, (tx) => insertUser(tx, user));
  const { token, identity } = await sessions.start(user.id, device, { factors: ['password'] });
  const { publicId } = identity.session;
  await age(publicId);
  return { token, identity, publicId };
}

/** Makes the newest token an hour older. */
const age = (publicId: string) => change(publicId, { rotatedAt: new Date(Date.now() - defaultLifetimes.rotate) });

async function change(publicId: string, values: Partial<typeof rows.$inferInsert>) {
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(rows).set(values).where(eq(rows.publicId, publicId));
  });
}

const overHttp = async (token: string) => sessions.present(token, { mayOffer: true, device });
const isGood = async (token: string) => (await sessions.resume(token)) !== null;
const offerTo = async (token: string) => (await overHttp(token))?.offered ?? '';
const isThere = async (publicId: string) =>
  (await db.withScope({ system: 'test' }, (tx) => findSessionByPublicId(tx, publicId))) !== null;

test('A53 a token that is due is offered another over HTTP alone, and stays good; the database holds the hash', async () => {
  const { token, publicId } = await startDue();
  expect((await sessions.present(token))?.offered).toBeNull();
  const offered = await offerTo(token);
  expect(offered).toMatch(/^[\w-]{43}$/);
  expect(await isGood(token)).toBe(true);
  const [row] = await db.withScope({ system: 'test' }, (tx) =>
    tx.select().from(rows).where(eq(rows.publicId, publicId)),
  );
  expect(row).toMatchObject({ id: hashToken(token), nextId: hashToken(offered) });
});

test('A54 thirty requests at once are made one offer, and all are answered', async () => {
  const { token } = await startDue();
  const answers = await Promise.all(Array.from({ length: 30 }, () => overHttp(token)));
  expect(answers.every((answer) => answer !== null)).toBe(true);
  expect(answers.filter((answer) => answer?.offered)).toHaveLength(1);
});

test('A55 the first use of an offer promotes it, thirty at once included; the old one is good for a minute', async () => {
  const { token, publicId } = await startDue();
  const offered = await offerTo(token);
  const answers = await Promise.all(Array.from({ length: 30 }, () => overHttp(offered)));
  expect(answers.every((answer) => answer !== null && answer.offered === null)).toBe(true);
  await age(publicId);
  expect(await overHttp(token)).toMatchObject({ offered: null });
  expect(onTheft).not.toHaveBeenCalled();
});

test('A56 a lost answer logs nobody out: the current token is offered another when the first offer is old', async () => {
  const { token, publicId } = await startDue();
  const lost = await offerTo(token);
  expect(await overHttp(token)).toMatchObject({ offered: null });
  await age(publicId);
  const next = await offerTo(token);
  expect(next).not.toBe(lost);
  expect(await isGood(token)).toBe(true);
  expect(await isGood(next)).toBe(true);
});

test('A57 a token that was replaced more than a minute ago ends the session as stolen, and is told once', async () => {
  const { token, publicId, identity } = await startDue();
  const offered = await offerTo(token);
  expect(await isGood(offered)).toBe(true);
  await change(publicId, { previousUntil: new Date(Date.now() - 1) });
  const onEnding = vi.fn();
  const stop = await db.listen({ onEnding, onDoubt: () => {}, onDeaf: () => {}, onListening: () => {} });
  const answers = await Promise.all(Array.from({ length: 10 }, () => overHttp(token)));
  expect(answers.every((answer) => answer === null)).toBe(true);
  expect(await isGood(offered)).toBe(false);
  await vi.waitFor(() => expect(onEnding).toHaveBeenCalled());
  expect(onEnding).toHaveBeenCalledWith({ type: 'session', publicId, userId: identity.user.id, reason: 'theft' });
  expect(onTheft).toHaveBeenCalledTimes(1);
  expect(onTheft.mock.calls[0]?.[0]).toMatchObject({ publicId, user: { id: identity.user.id }, device });
  await stop();
});

test('A58 whoever took a token and the offer is left behind by the owner’s next offer', async () => {
  const { token, publicId } = await startDue();
  const taken = await offerTo(token);
  await age(publicId);
  const own = await offerTo(token);
  expect(await isGood(own)).toBe(true);
  // What the thief kept is worth nothing, and the token that both had gives the thief away.
  expect(await isGood(taken)).toBe(false);
  expect(await isGood(own)).toBe(true);
  await change(publicId, { previousUntil: new Date(Date.now() - 1) });
  expect(await isGood(token)).toBe(false);
  expect(await isThere(publicId)).toBe(false);
});

test('A59 promote and revoke, offer and sign-out: nothing that was ended comes back, in either order', async () => {
  for (const isOffer of [true, false]) {
    for (const isEndFirst of [true, false]) {
      const { token, publicId } = await startDue();
      const presented = isOffer ? token : await offerTo(token);
      const end = () => db.withScope({ system: 'test' }, (tx) => deleteSession(tx, publicId, 'signed-out'));
      const steps = isEndFirst ? [end, () => overHttp(presented)] : [() => overHttp(presented), end];
      const answers = await Promise.all(steps.map((step) => step()));
      const offered = answers.flatMap((answer) => (answer && typeof answer === 'object' ? (answer.offered ?? []) : []));
      for (const each of [token, presented, ...offered]) expect(await isGood(each)).toBe(false);
      expect(await isThere(publicId)).toBe(false);
    }
  }
  expect(onTheft).not.toHaveBeenCalled();
});
