import type { Database } from '@atrium/db';
import { sql } from 'drizzle-orm';
import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A room and the cookies of the people who may draw in it. */
export interface ArrangedRoom {
  readonly roomId: string;
  readonly cookies: readonly string[];
}

/** Boards with so many people of their own, each signed in: as rows, because signing up is slow on purpose. */
export async function arrangeRooms(
  database: Database,
  { rooms, people }: { readonly rooms: number; readonly people: number },
): Promise<readonly ArrangedRoom[]> {
  const arranged = Array.from({ length: rooms }, () => ({
    roomId: randomUUID(),
    people: Array.from({ length: people }, () => ({
      userId: randomUUID(),
      publicId: randomUUID(),
      token: randomBytes(32).toString('base64url'),
    })),
  }));
  const members = arranged.flatMap(({ roomId, people: all }) =>
    all.map(({ userId, publicId, token }) => ({ roomId, userId, publicId, hash: hashOf(token) })),
  );
  const given = sql`jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
    as given ("roomId" uuid, "userId" uuid, "publicId" uuid, hash text)`;
  const end = sql`now() + interval '1 day'`;
  await database.withScope({ system: 'test' }, async (tx) => {
    await tx.execute(sql`insert into users (id, name, is_guest) select "userId", 'Someone', true from ${given}`);
    await tx.execute(sql`
      insert into sessions (id, user_id, public_id, expires_at, absolute_expires_at, created_at, authenticated_at,
        last_seen_at, label, ip_prefix)
      select hash, "userId", "publicId", ${end}, ${end}, now(), now(), now(), 'Bench', '127.0.0.0/24' from ${given}`);
    await tx.execute(sql`insert into rooms (id, kind, title) select distinct "roomId", 'board', 'Bench' from ${given}`);
    await tx.execute(sql`
      insert into room_members (room_id, user_id, role) select "roomId", "userId", 'editor' from ${given}`);
  });
  return arranged.map(({ roomId, people: all }) => ({
    roomId,
    cookies: all.map(({ token }) => `atrium_session=${token}`),
  }));
}

/** What the table keeps of a session's token. */
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
