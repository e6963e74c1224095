import { desc, type SQL, sql } from 'drizzle-orm';
import type { Role } from '@atrium/rooms';
import { asInstant } from '../rows.ts';
import type { ScopedTx } from '../scope.ts';
import type { MemberRoom } from './room.ts';

/** So many rooms a list holds. */
export const mostListedRooms = 500;

/**
 * Newest activity first, and of these the first `mostListedRooms`. As that user. Costs a few index lookups for each
 * room that the user is a member of: the function in the migration says why the list is not a query under the policies.
 */
export async function listRooms(
  tx: ScopedTx,
  userId: string,
  opts: { readonly archived: boolean },
): Promise<readonly MemberRoom[]> {
  const activeAt = sql`room.active_at`;
  const archivedAt: SQL<Date | null> = asInstant(sql`room.archived_at`);
  const frozenAt: SQL<Date | null> = asInstant(sql`room.frozen_at`);
  return await tx
    .select({
      id: sql<string>`room.id`,
      kind: sql<string>`room.kind`,
      title: sql<string>`room.title`,
      createdBy: sql<string | null>`room.created_by`,
      createdAt: asInstant(sql`room.created_at`),
      archivedAt,
      frozenAt,
      isPublic: sql<boolean>`room.is_public`,
      role: sql<Role>`room.role`,
      activeAt: asInstant(activeAt),
    })
    .from(sql`app_newest_rooms(${userId}, ${opts.archived}, ${mostListedRooms}) as room`)
    .orderBy(desc(activeAt), sql`room.id`);
}
