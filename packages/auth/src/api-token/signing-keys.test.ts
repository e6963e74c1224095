import { signingKeys as rows } from '@atrium/db';
import { openTestDatabase, type TestDatabase } from '@atrium/db/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSecretBox } from '../seal/secret-box.ts';
import { createAccessTokens } from './access-token.ts';
import { createSigningKeys } from './signing-keys.ts';

const box = createSecretBox(['only for tests, and long enough for them']);
const minute = 60_000;
const day = 24 * 60 * minute;

let db: TestDatabase;
/** Milliseconds that the clock of all nodes is ahead. */
let ahead = 0;
const now = () => Date.now() + ahead;

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());
beforeEach(async () => {
  ahead = 0;
  await deleteAll();
});

/** A node of its own over the one database. */
function node(secrets = box) {
  const keys = createSigningKeys({ db, box: secrets, now });
  const access = createAccessTokens({ keys, issuer: 'http://x', now });
  const sign = (lifetime = 10 * minute) =>
    access.sign({
      ...{ tokenId: 't', userId: 'u', permissions: [], generation: new Date(0) },
      expiresAt: new Date(now() + lifetime),
    });
  const isRead = async (text: string) => typeof (await access.verify(text)) === 'object';
  return { keys, sign, isRead };
}

const stored = () => db.withScope({ system: 'test' }, (tx) => tx.select().from(rows));

const deleteAll = () =>
  db.withScope({ system: 'test' }, async (tx) => {
    await tx.delete(rows);
  });

test('A101 a key is made on first need, once by a node, and only its sealed form is stored', async () => {
  const { keys } = node();
  const signers = await Promise.all(Array.from({ length: 10 }, () => keys.current()));
  expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
  const all = await stored();
  expect(all.map(({ kid }) => kid)).toEqual([signers[0]?.kid]);
  expect(JSON.stringify(all.map(({ publicJwk }) => publicJwk))).not.toContain('"d"');
  expect(box.open('signing-key', all[0]?.sealedPrivateJwk ?? '')).toContain('"d"');
});

test('A101 two nodes that begin together believe each other', async () => {
  const [one, two] = [node(), node()];
  const [first, second] = await Promise.all([one.sign(), two.sign()]);
  expect([await one.isRead(second), await two.isRead(first)]).toEqual([true, true]);
});

test('A102 after a rotation the new key signs, and what the old one signed stays good until it is over', async () => {
  const [one, two] = [node(), node()];
  const before = await one.sign();
  await two.sign();
  await one.keys.rotate();
  const after = await one.sign();
  expect([await two.isRead(before), await two.isRead(after)]).toEqual([true, true]);
  // The other node has not noticed yet and signs with the key that was retired.
  ahead = 0.9 * minute;
  const late = await two.sign();
  ahead = 10.5 * minute;
  expect(await one.isRead(late)).toBe(true);
});

test('A102 a key that was retired long enough ago is believed by nobody, and its row goes with the next rotation', async () => {
  const { keys, sign, isRead } = node();
  const forever = await sign(365 * day);
  const { kid } = await keys.current();
  await keys.rotate();
  ahead = 16 * minute;
  expect(await isRead(forever)).toBe(false);
  await keys.rotate();
  expect((await stored()).map((row) => row.kid)).not.toContain(kid);
});

test('A102 a key that is deleted by hand is forgotten within a minute', async () => {
  const { sign, isRead } = node();
  const text = await sign();
  expect(await isRead(text)).toBe(true);
  await deleteAll();
  ahead = 61_000;
  expect(await isRead(text)).toBe(false);
});

test('A102 after ninety days another key signs', async () => {
  const { keys } = node();
  const { kid } = await keys.current();
  ahead = 89 * day;
  expect((await keys.current()).kid).toBe(kid);
  ahead = 91 * day;
  expect((await keys.current()).kid).not.toBe(kid);
});

test('A102 a key that our secrets do not open signs nothing, and what it signed is still read', async () => {
  const before = await node().sign();
  const changed = node(createSecretBox(['another secret of the server, long enough']));
  const after = await changed.sign();
  expect([await changed.isRead(before), await changed.isRead(after)]).toEqual([true, true]);
  expect(await stored()).toHaveLength(2);
});
