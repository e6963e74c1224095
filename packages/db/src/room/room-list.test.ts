import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rowsOf } from '../rows.ts';
import { arrangeUser, openTestDatabase, type TestDatabase } from '../testing/index.ts';
import { listRooms, mostListedRooms } from './room-list.ts';

/** Rooms of that user, each with a log and a snapshot; the later the made, the later the last batch. */
async function arrangeRooms(db: TestDatabase, owner: string, count: number): Promise<void> {
  await db.withScope({ system: 'test' }, async (tx) => {
    await tx.execute(sql`
      with made as (
        insert into rooms (id, kind, title, created_by)
        select gen_random_uuid(), 'board', number, ${owner}::uuid from generate_series(1, ${count}::int) as number
        returning id, title
      ), joined as (
        insert into room_members (room_id, user_id, role) select id, ${owner}::uuid, 'owner' from made
      ), saved as (
        insert into room_snapshot select id, 1, 1, 'h', 1, 7, '{}', '{}' from made
      )
      insert into room_batch
      select id, ver, 1, gen_random_uuid(), '', 'h', 'n', 1000 * title::int + ver, '{}', '[]'
      from made, generate_series(1, 5) as ver`);
  });
}

/** How many pages the list reads: grows with the work, and not with the weather on this machine. */
async function pagesRead(db: TestDatabase, userId: string): Promise<number> {
  return await db.withScope({ user: userId }, async (tx) => {
    const explain = sql`explain (analyze, buffers, format json) select * from app_newest_rooms(${userId}, false, 500)`;
    const [row] = await rowsOf<{ 'QUERY PLAN': readonly { Plan: { 'Shared Hit Blocks': number } }[] }>(tx, explain);
    return row?.['QUERY PLAN'][0]?.Plan['Shared Hit Blocks'] ?? Number.NaN;
  });
}

test('twice the rooms are twice the work, without statistics and whatever the planner believed before', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  // Everything was empty, and the planner knew it, when the plan was made that the embedded session keeps.
  for (const table of ['rooms', 'room_members', 'room_batch', 'room_snapshot']) await db.asOwner(`vacuum ${table}`);
  await pagesRead(db, owner);
  await arrangeRooms(db, owner, 300);
  const before = await pagesRead(db, owner);
  await arrangeRooms(db, owner, 300);
  expect(await pagesRead(db, owner)).toBeLessThan(2.5 * before);
});

test('the rooms of other people cost nothing', async () => {
  await using db = await openTestDatabase();
  const [owner, other] = [await arrangeUser(db), await arrangeUser(db)];
  await arrangeRooms(db, owner, 20);
  const before = await pagesRead(db, owner);
  await arrangeRooms(db, other, 2_000);
  // An index may have become a level or two deeper.
  expect(await pagesRead(db, owner)).toBeLessThan(3 * before);
});

test('a list ends at its newest 500', async () => {
  await using db = await openTestDatabase();
  const owner = await arrangeUser(db);
  await arrangeRooms(db, owner, 600);
  const listed = await db.withScope({ user: owner }, async (tx) => await listRooms(tx, owner, { archived: false }));
  expect(listed).toHaveLength(mostListedRooms);
  expect(listed[0]).toMatchObject({ title: '600', activeAt: new Date(600_005) });
  expect(listed.at(-1)?.title).toBe('101');
});

test('who asks about somebody else learns nothing', async () => {
  await using db = await openTestDatabase();
  const [owner, other] = [await arrangeUser(db), await arrangeUser(db)];
  await arrangeRooms(db, owner, 1);
  const asked = db.withScope({ user: other }, async (tx) => await listRooms(tx, owner, { archived: false }));
  expect(await asked).toEqual([]);
});
