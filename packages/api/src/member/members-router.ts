import { deleteMember, listMembers, setMemberRole } from '@atrium/db';
import { roles } from '@atrium/rooms';
import { z } from 'zod';
import { roomProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { changeRoom, owned } from '../room/change-room.ts';
import { router } from '../router-builder.ts';
import type { Member } from '../wire.ts';

const changes = { archivedToo: true, permission: 'members:write' } as const;
const userId = z.uuid();

export const membersRouter = router({
  list: roomProcedure('viewer', { archivedToo: true, frozenToo: true, permission: 'members:read' }).query(
    async ({ ctx, input }): Promise<Member[]> => {
      const rows = await ctx.services.db.withScope({ user: ctx.identity.user.id }, (tx) =>
        listMembers(tx, input.roomId),
      );
      return rows.map(({ createdAt, isGuest, ...member }) => ({
        ...member,
        guest: isGuest,
        since: createdAt.toISOString(),
      }));
    },
  ),

  /** Ownership is given in the same way: a room may have several owners, and always has one. */
  setRole: roomProcedure('owner', changes)
    .input(z.object({ userId, role: z.enum(roles) }))
    .mutation(async ({ ctx, input: { roomId, ...wanted } }) => {
      const act = {
        roomId,
        action: 'room-role-changed',
        userId: wanted.userId,
        detail: { role: wanted.role },
      } as const;
      await changeRoom(ctx, act, async (tx) => {
        const member = (await listMembers(tx, roomId)).find((each) => each.userId === wanted.userId);
        if (!member) throw new Refusal('NOT_FOUND');
        if (wanted.role === 'owner' && member.isGuest)
          throw new Refusal('NOT_ALLOWED', 'Nobody can come back to a guest: a room is owned by an account.');
        owned(await setMemberRole(tx, { roomId, ...wanted }));
      });
      return {};
    }),

  remove: roomProcedure('owner', changes)
    .input(z.object({ userId }))
    .mutation(async ({ ctx, input: { roomId, userId: member } }) => {
      await changeRoom(ctx, { roomId, action: 'room-removed-from', userId: member }, async (tx) => {
        if (!(await deleteMember(tx, { roomId, userId: member }))) throw new Refusal('NOT_FOUND');
      });
      return {};
    }),

  leave: roomProcedure('viewer', { ...changes, frozenToo: true }).mutation(async ({ ctx, input: { roomId } }) => {
    await changeRoom(ctx, { roomId, action: 'room-left' }, async (tx) => {
      if (!(await deleteMember(tx, { roomId, userId: ctx.identity.user.id }))) throw new Refusal('NOT_FOUND');
    });
    return {};
  }),
});
