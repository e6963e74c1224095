import { listMembers } from '@atrium/db';
import { roomProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import type { Member } from '../wire.ts';

export const membersRouter = router({
  list: roomProcedure('viewer', { archivedToo: true, permission: 'members:read' }).query(
    async ({ ctx, input }): Promise<Member[]> => {
      const rows = await ctx.services.db.withScope({ user: ctx.identity.user.id }, (tx) =>
        listMembers(tx, input.roomId),
      );
      return rows.map(({ userId, name, role }) => ({ userId, name, role }));
    },
  ),
});
