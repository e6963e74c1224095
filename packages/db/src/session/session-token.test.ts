import { expect, test } from 'vitest';
import type { ScopedTx } from '../scope.ts';
import { arrangeSession, arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { deleteSession, findSessionWithUser } from './session.ts';
import { changeTokens, replaceToken, type SessionTokens } from './session-token.ts';

const system = async <T>(db: TestDatabase, run: (tx: ScopedTx) => Promise<T>): Promise<T> =>
  await db.withScope({ system: 'test' }, run);

const now = new Date();

/** A session with an offer, and what each of two requests that have read it at the same time would write. */
async function arrange(db: TestDatabase) {
  const session = await arrangeSession(db, await arrangeUser(db), { id: 'current', nextId: 'next' });
  const { publicId } = session;
  const promoted: SessionTokens = { ...session, id: 'next', nextId: null, previousId: 'current', previousUntil: now };
  const offered: SessionTokens = { ...session, nextId: 'another' };
  return {
    promote: async (tx: ScopedTx) => await changeTokens(tx, { publicId, seen: session, tokens: promoted }),
    offer: async (tx: ScopedTx) => await changeTokens(tx, { publicId, seen: session, tokens: offered }),
    secure: async (tx: ScopedTx) => await replaceToken(tx, { publicId, id: 'secured', now }),
    end: async (tx: ScopedTx) => await deleteSession(tx, publicId, 'signed-out'),
  };
}

test('A60 a first offer by whoever read the row before it was secured brings nothing back, nor does the other order', async () => {
  await using db = await openTestDatabase();
  for (const isSecuredFirst of [true, false]) {
    const session = await arrangeSession(db, await arrangeUser(db));
    const { publicId } = session;
    const id = `secured ${publicId}`;
    const tokens: SessionTokens = { ...session, nextId: `first ${publicId}` };
    const secure = async (tx: ScopedTx) => await replaceToken(tx, { publicId, id, now });
    const offer = async (tx: ScopedTx) => await changeTokens(tx, { publicId, seen: session, tokens });
    if (isSecuredFirst) await system(db, secure);
    expect(await system(db, offer)).toBe(!isSecuredFirst);
    if (!isSecuredFirst) await system(db, secure);
    await system(db, async (tx) => {
      expect(await findSessionWithUser(tx, session.id)).toBeNull();
      expect(await findSessionWithUser(tx, `first ${publicId}`)).toBeNull();
      expect((await findSessionWithUser(tx, id))?.session.publicId).toBe(publicId);
    });
  }
});

test.each([
  { first: 'promote', second: 'promote', done: [true, false], known: ['next', 'current'] },
  { first: 'offer', second: 'offer', done: [true, false], known: ['current', 'another'] },
  { first: 'promote', second: 'offer', done: [true, false], known: ['next', 'current'] },
  { first: 'offer', second: 'promote', done: [true, false], known: ['current', 'another'] },
  { first: 'secure', second: 'promote', done: [true, false], known: ['secured'] },
  { first: 'promote', second: 'secure', done: [true, true], known: ['secured'] },
  { first: 'secure', second: 'offer', done: [true, false], known: ['secured'] },
  { first: 'offer', second: 'secure', done: [true, true], known: ['secured'] },
  { first: 'end', second: 'promote', done: [true, false], known: [] },
  { first: 'promote', second: 'end', done: [true, true], known: [] },
  { first: 'end', second: 'offer', done: [true, false], known: [] },
  { first: 'offer', second: 'end', done: [true, true], known: [] },
] as const)('A59 A60 $first, then $second by whoever read the row before', async ({ first, second, done, known }) => {
  await using db = await openTestDatabase();
  const act = await arrange(db);
  expect([await system(db, act[first]), await system(db, act[second])]).toEqual(done);
  const all = ['current', 'next', 'another', 'secured'];
  const found = await system(db, async (tx) => {
    const each = [];
    for (const id of all) if (await findSessionWithUser(tx, id)) each.push(id);
    return each;
  });
  expect(new Set(found)).toEqual(new Set(known));
});
