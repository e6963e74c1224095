import { and, desc, eq, getTableColumns, lt, or } from 'drizzle-orm';
import { invites, rooms, users } from '../schema/tables.ts';
import type { ScopedTx } from '../scope.ts';

const { tokenHash: _hash, ...shown } = getTableColumns(invites);

export interface InvitePage {
  readonly after: { readonly createdAt: Date; readonly id: string } | null;
  readonly most: number;
}

/** Of every room, newest first, those that are over too. System scope. */
export async function listInvitesForAdmin(tx: ScopedTx, { after, most }: InvitePage) {
  const isBehind =
    after === null
      ? undefined
      : or(
          lt(invites.createdAt, after.createdAt),
          and(eq(invites.createdAt, after.createdAt), lt(invites.id, after.id)),
        );
  return await tx
    .select({ ...shown, roomTitle: rooms.title, invitedBy: users.name })
    .from(invites)
    .innerJoin(rooms, eq(rooms.id, invites.roomId))
    .leftJoin(users, eq(users.id, invites.createdBy))
    .where(isBehind)
    .orderBy(desc(invites.createdAt), desc(invites.id))
    .limit(most);
}
