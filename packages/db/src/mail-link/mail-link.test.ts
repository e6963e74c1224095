import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailLinks, passkeys } from '../schema/identity-tables.ts';
import { users } from '../schema/tables.ts';
import { arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { randomUUID } from 'node:crypto';
import {
  consumeMailLink,
  deleteOpeningLinks,
  findMailLink,
  hasOtherWaysIn,
  insertMailLink,
  type MailLinkPurpose,
  type NewMailLink,
} from './mail-link.ts';

let db: TestDatabase;
const door = { system: 'mail-link' } as const;
const now = new Date();

beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db[Symbol.asyncDispose]());

async function arrangeLink(link: Partial<NewMailLink> = {}): Promise<NewMailLink> {
  const userId = link.userId ?? (await arrangeUser(db));
  const row: NewMailLink = {
    ...{ tokenHash: randomUUID(), userId, purpose: 'magic', email: `${userId}@example.org` },
    ...{ createdAt: now, expiresAt: new Date(now.getTime() + 600_000), ...link },
  };
  await db.withScope(door, (tx) => insertMailLink(tx, row));
  return row;
}

const consume = (tokenHash: string, purpose: MailLinkPurpose = 'magic', at = now) =>
  db.withScope(door, (tx) => consumeMailLink(tx, { tokenHash, purpose, now: at }));
const find = (tokenHash: string, at = now) => db.withScope(door, (tx) => findMailLink(tx, tokenHash, at));
const changeUser = (id: string, values: Partial<typeof users.$inferInsert>) =>
  db.withScope({ system: 'test' }, async (tx) => void (await tx.update(users).set(values).where(eq(users.id, id))));

test('A44 of fifty who use a link at once, one gets it', async () => {
  const { tokenHash, userId } = await arrangeLink();
  const uses = await Promise.all(Array.from({ length: 50 }, () => consume(tokenHash)));
  const winners = uses.filter((use) => use !== null);
  expect(winners.map(({ user }) => user.id)).toEqual([userId]);
  expect(await find(tokenHash)).toBeNull();
});

test('A44 whoever only looks uses nothing up', async () => {
  const { tokenHash } = await arrangeLink();
  expect(await find(tokenHash)).not.toBeNull();
  expect(await find(tokenHash)).not.toBeNull();
  expect(await consume(tokenHash)).not.toBeNull();
});

test('A43 a link is good for its own purpose', async () => {
  const { tokenHash } = await arrangeLink({ purpose: 'magic' });
  expect(await consume(tokenHash, 'reset')).toBeNull();
  expect(await consume(tokenHash, 'magic')).not.toBeNull();
});

test('A43 it is good until its end, and not at it', async () => {
  const { tokenHash, expiresAt } = await arrangeLink();
  expect(await consume(tokenHash, 'magic', expiresAt)).toBeNull();
  expect(await find(tokenHash, expiresAt)).toBeNull();
  expect(await consume(tokenHash, 'magic', new Date(expiresAt.getTime() - 1))).not.toBeNull();
});

test('A43 it is worth nothing once the account has another address, or is disabled', async () => {
  const moved = await arrangeLink();
  await changeUser(moved.userId, { email: `${randomUUID()}@example.org` });
  const disabled = await arrangeLink();
  await changeUser(disabled.userId, { disabledAt: now });
  for (const { tokenHash } of [moved, disabled]) {
    expect(await find(tokenHash)).toBeNull();
    expect(await consume(tokenHash)).toBeNull();
  }
});

test('A43 an address that changes at the same instant: both orders end well', async () => {
  const { tokenHash, userId } = await arrangeLink();
  let isChanged = false;
  const changing = db.withScope({ system: 'test' }, async (tx) => {
    await tx.update(users).set({ email: 'new@example.org' }).where(eq(users.id, userId));
    isChanged = true;
  });
  const used = await consume(tokenHash);
  await changing;
  // Whoever came second saw what the first one did.
  expect(isChanged).toBe(true);
  expect(used === null || used.user.email === used.link.email).toBe(true);
});

test('A43 a link to a new address does not ask for it to be the account’s', async () => {
  const { tokenHash } = await arrangeLink({ purpose: 'change-email', email: 'another@example.org' });
  expect((await consume(tokenHash, 'change-email'))?.link.email).toBe('another@example.org');
});

test('A43 three links of a kind work at a time: the newest ones', async () => {
  const userId = await arrangeUser(db);
  const issued: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const createdAt = new Date(now.getTime() + n);
    issued.push((await arrangeLink({ userId, createdAt })).tokenHash);
  }
  const other = await arrangeLink({ userId, purpose: 'reset' });
  const alive = await Promise.all([...issued, other.tokenHash].map(async (hash) => (await find(hash)) !== null));
  expect(alive).toEqual([false, false, true, true, true, true]);
});

test('A43 what is over goes when the next one is issued', async () => {
  const { userId, tokenHash } = await arrangeLink({ expiresAt: new Date(now.getTime() - 1) });
  await arrangeLink({ userId, purpose: 'reset' });
  const rows = await db.withScope({ system: 'test' }, (tx) =>
    tx.select().from(mailLinks).where(eq(mailLinks.tokenHash, tokenHash)),
  );
  expect(rows).toEqual([]);
});

test('A51 what opens an account goes with the others; a confirmation stays', async () => {
  const userId = await arrangeUser(db);
  const [magic, reset, confirm] = [
    await arrangeLink({ userId }),
    await arrangeLink({ userId, purpose: 'reset' }),
    await arrangeLink({ userId, purpose: 'confirm' }),
  ];
  await db.withScope(door, (tx) => deleteOpeningLinks(tx, userId));
  const left = [magic, reset, confirm].map(async ({ tokenHash }) => (await find(tokenHash)) !== null);
  expect(await Promise.all(left)).toEqual([false, false, true]);
});

test('A47 a passkey is another way into an account, a password is none', async () => {
  const userId = await arrangeUser(db);
  const has = () => db.withScope(door, (tx) => hasOtherWaysIn(tx, userId));
  expect(await has()).toBe(false);
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.insert(passkeys).values({ id: 'x', userId, name: 'Key', publicKey: '', counter: 0, isBackedUp: false });
  });
  expect(await has()).toBe(true);
});

test('nobody reads or writes links as a person', async () => {
  const { userId } = await arrangeLink();
  const read = db.withScope({ user: userId }, (tx) => tx.select().from(mailLinks).execute());
  await expect(read).rejects.toMatchObject({ code: '42501' });
});
