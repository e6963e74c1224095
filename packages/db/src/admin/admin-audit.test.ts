import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rowsOf } from '../rows.ts';
import { openTestDatabase } from '../testing/index.ts';

test('what happened to a room is found by an index, however long the log is', async () => {
  await using db = await openTestDatabase();
  const plan = await db.withScope({ system: 'admin' }, async (tx) => {
    await tx.execute(sql`insert into audit_events (action, result, place, label, detail)
      select 'signed-in', 'done', 'p', 'l', case when n % 500 = 0 then '{"room": "r"}'::jsonb else '{}' end
      from generate_series(1, 5000) as n`);
    await tx.execute(sql`set local enable_seqscan = off`);
    return rowsOf<Record<string, string>>(
      tx,
      sql`explain select id from audit_events where detail ->> 'room' = 'r' order by id desc limit 20`,
    );
  });
  expect(JSON.stringify(plan)).toContain('audit_events_room');
});
