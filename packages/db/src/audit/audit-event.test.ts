import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrangeUser } from '../testing/arrange.ts';
import { openTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { insertAuditEvent, listAuditEvents } from './audit-event.ts';

let db: TestDatabase;
let userId: string;

beforeAll(async () => {
  db = await openTestDatabase();
  userId = await arrangeUser(db);
  await record(userId, 'signed-in');
});
afterAll(() => db[Symbol.asyncDispose]());

const record = (of: string, action: string) =>
  db.withScope({ system: 'audit' }, (tx) =>
    insertAuditEvent(tx, {
      userId: of,
      actorId: of,
      action,
      result: 'done',
      place: 'unknown',
      label: 'Unknown device',
    }),
  );
const eventsOf = (of: string) =>
  db.withScope({ user: of }, (tx) => listAuditEvents(tx, { userId: of, before: null, most: 10 }));

test.each([
  ['the system', { system: 'audit' } as const],
  ['the person it is about', null],
])('A117 %s changes nothing in the audit log', async (_who, scope) => {
  const as = scope ?? { user: userId };
  for (const statement of [sql`update audit_events set action = 'x'`, sql`delete from audit_events`]) {
    await expect(db.withScope(as, async (tx) => await tx.execute(statement))).rejects.toMatchObject({ code: '42501' });
  }
  expect((await eventsOf(userId)).map(({ action }) => action)).toEqual(['signed-in']);
});

test('A117 not even the owner of the tables changes it, with or without the policies', async () => {
  await db.asOwner(`update audit_events set action = 'x'`).catch(() => {});
  await db.asOwner('delete from audit_events').catch(() => {});
  for (const statement of [`update audit_events set action = 'x'`, 'delete from audit_events']) {
    const unguarded = `do $$ begin alter table audit_events no force row level security; ${statement}; end $$`;
    await expect(db.asOwner(unguarded)).rejects.toMatchObject({ code: '42501' });
  }
  expect((await eventsOf(userId)).map(({ action }) => action)).toEqual(['signed-in']);
});

test('A117 nobody empties it at once', async () => {
  await expect(db.asOwner('truncate audit_events')).rejects.toMatchObject({ code: '42501' });
  expect((await eventsOf(userId)).map(({ action }) => action)).toEqual(['signed-in']);
});

test('A118 a person sees what is about them, and asks in vain for what is about others', async () => {
  const other = await arrangeUser(db);
  await record(other, 'signed-out');
  expect((await eventsOf(other)).map(({ action }) => action)).toEqual(['signed-out']);
  const asked = await db.withScope({ user: other }, (tx) => listAuditEvents(tx, { userId, before: null, most: 10 }));
  expect(asked).toEqual([]);
});
