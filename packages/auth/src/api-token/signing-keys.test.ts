import { signingKeys as rows } from '@atrium/db';
import { openTestDatabase } from '@atrium/db/testing';
import { expect, test } from 'vitest';
import { createSecretBox } from '../seal/secret-box.ts';
import { createAccessTokens } from './access-token.ts';
import { createSigningKeys } from './signing-keys.ts';

const box = createSecretBox(['only for tests, and long enough for them']);
const minute = 60_000;
const day = 24 * 60 * minute;

/** Nodes over one database, and one clock for all. */
async function stage() {
  const db = await openTestDatabase();
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const node = (secrets = box) => {
    const keys = createSigningKeys({ db, box: secrets, now });
    const access = createAccessTokens({ keys, issuer: 'http://x', now });
    const sign = (lifetime = 10 * minute) =>
      access.sign({
        ...{ tokenId: 't', userId: 'u', permissions: [], generation: new Date(0) },
        expiresAt: new Date(now() + lifetime),
      });
    const isRead = async (text: string) => typeof (await access.verify(text)) === 'object';
    return { keys, sign, isRead };
  };
  const stored = () => db.withScope({ system: 'test' }, (tx) => tx.select().from(rows));
  const deleteAll = () =>
    db.withScope({ system: 'test' }, async (tx) => {
      await tx.delete(rows);
    });
  return { clock, node, stored, deleteAll, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() };
}

test('A101 a key is made on first need, once by a node, and only its sealed form is stored', async () => {
  await using stood = await stage();
  const { keys } = stood.node();
  const signers = await Promise.all(Array.from({ length: 10 }, () => keys.current()));
  expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
  const stored = await stood.stored();
  expect(stored.map(({ kid }) => kid)).toEqual([signers[0]?.kid]);
  expect(JSON.stringify(stored.map(({ publicJwk }) => publicJwk))).not.toContain('"d"');
  expect(box.open('signing-key', stored[0]?.sealedPrivateJwk ?? '')).toContain('"d"');
});

test('A101 two nodes that begin together believe each other', async () => {
  await using stood = await stage();
  const [one, two] = [stood.node(), stood.node()];
  const [first, second] = await Promise.all([one.sign(), two.sign()]);
  expect([await one.isRead(second), await two.isRead(first)]).toEqual([true, true]);
});

test('A102 after a rotation the new key signs, and what the old one signed stays good until it is over', async () => {
  await using stood = await stage();
  const [one, two] = [stood.node(), stood.node()];
  const before = await one.sign();
  await two.sign();
  await one.keys.rotate();
  const after = await one.sign();
  expect([await two.isRead(before), await two.isRead(after)]).toEqual([true, true]);
  // The other node has not noticed yet and signs with the key that was retired.
  stood.clock.ahead = 0.9 * minute;
  const late = await two.sign();
  stood.clock.ahead = 10.5 * minute;
  expect(await one.isRead(late)).toBe(true);
});

test('A102 a key that was retired long enough ago is believed by nobody, and its row goes with the next rotation', async () => {
  await using stood = await stage();
  const { keys, sign, isRead } = stood.node();
  const forever = await sign(365 * day);
  const { kid } = await keys.current();
  await keys.rotate();
  stood.clock.ahead = 16 * minute;
  expect(await isRead(forever)).toBe(false);
  await keys.rotate();
  expect((await stood.stored()).map((row) => row.kid)).not.toContain(kid);
});

test('A102 a key that is deleted by hand is forgotten within a minute', async () => {
  await using stood = await stage();
  const { sign, isRead } = stood.node();
  const text = await sign();
  expect(await isRead(text)).toBe(true);
  await stood.deleteAll();
  stood.clock.ahead = 61_000;
  expect(await isRead(text)).toBe(false);
});

test('A102 after ninety days another key signs', async () => {
  await using stood = await stage();
  const { keys } = stood.node();
  const { kid } = await keys.current();
  stood.clock.ahead = 89 * day;
  expect((await keys.current()).kid).toBe(kid);
  stood.clock.ahead = 91 * day;
  expect((await keys.current()).kid).not.toBe(kid);
});

test('A102 a key that our secrets do not open signs nothing, and what it signed is still read', async () => {
  await using stood = await stage();
  const before = await stood.node().sign();
  const changed = stood.node(createSecretBox(['another secret of the server, long enough']));
  const after = await changed.sign();
  expect([await changed.isRead(before), await changed.isRead(after)]).toEqual([true, true]);
  expect(await stood.stored()).toHaveLength(2);
});
