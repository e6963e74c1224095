import { answerAccessRequest, insertAccessRequest, listAccessRequests, ownersToMail, type Scope } from '@atrium/db';
import { z } from 'zod';
import { roomProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { changeRoom } from '../room/change-room.ts';
import { router } from '../router-builder.ts';
import type { AccessRequest } from '../wire.ts';

const door: Scope = { system: 'access-request' };
const answers = { archivedToo: true, permission: 'members:write' } as const;

export const accessRequestsRouter = router({
  /** Answered before anything is looked up: neither the answer nor its time tells whether there is such a room. */
  create: userProcedure({ isConfirmed: true })
    .input(z.object({ roomId: z.uuid() }))
    .mutation(({ ctx, input: { roomId } }) => {
      const { db, audit, mailQueue, accessRequestMails } = ctx.services;
      const { id: userId, name } = ctx.identity.user;
      const { device } = ctx;
      mailQueue.push(async () => {
        const owners = await db.withScope(door, async (tx) => {
          const isNew = await insertAccessRequest(tx, { roomId, userId, name });
          return isNew ? await ownersToMail(tx, roomId) : null;
        });
        if (owners === null) return null;
        await accessRequestMails.send({ roomId, askedBy: name, owners }, device);
        await audit.record({ action: 'room-access-asked', userId, device, detail: { room: roomId } });
        return null;
      });
      return {};
    }),

  list: roomProcedure('owner', { archivedToo: true, frozenToo: true, permission: 'members:read' }).query(
    async ({ ctx, input }): Promise<AccessRequest[]> => {
      const rows = await ctx.services.db.withScope({ user: ctx.identity.user.id }, (tx) =>
        listAccessRequests(tx, input.roomId),
      );
      return rows.map(({ userId, name, createdAt }) => ({ userId, name, createdAt: createdAt.toISOString() }));
    },
  ),

  /** `role: null` turns them away. */
  answer: roomProcedure('owner', answers)
    .input(z.object({ userId: z.uuid(), role: z.enum(['editor', 'commenter', 'viewer']).nullable() }))
    .mutation(async ({ ctx, input: { roomId, userId, role } }) => {
      const ownerId = ctx.identity.user.id;
      const isAnswered = await ctx.services.db.withScope(door, (tx) =>
        answerAccessRequest(tx, { roomId, userId, role, ownerId }),
      );
      if (!isAnswered) throw new Refusal('NOT_FOUND');
      const action = role === null ? 'room-turned-away' : 'room-let-in';
      await changeRoom(ctx, { roomId, action, userId, ...(role !== null && { detail: { role } }) }, () =>
        Promise.resolve(),
      );
      return {};
    }),
});
