import { hashToken, newToken } from '@atrium/auth';
import { acceptInvite, deleteInvite, insertInvite, listInvites, previewInvite, type Scope } from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { publicProcedureWith, roomProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import type { CreatedInvite, Invite, InvitePreview } from '../wire.ts';

const day = 86_400;
const invitedRole = z.enum(['editor', 'viewer']);
/** Seconds. */
const expiresIn = z
  .int()
  .min(60)
  .max(90 * day)
  .default(7 * day);
const token = z.string().max(200);
const door: Scope = { system: 'invite' };

export const invitesRouter = router({
  create: roomProcedure('owner', { isConfirmed: true, permission: 'members:write' })
    .input(z.object({ role: invitedRole, expiresIn }))
    .mutation(async ({ ctx, input }): Promise<CreatedInvite> => {
      const { db, publicUrl } = ctx.services;
      const secret = newToken();
      const createdAt = new Date();
      const invite = {
        id: randomUUID(),
        role: input.role,
        expiresAt: new Date(createdAt.getTime() + input.expiresIn * 1000),
      };
      await db.withScope({ user: ctx.identity.user.id }, (tx) =>
        insertInvite(tx, {
          ...invite,
          roomId: input.roomId,
          tokenHash: hashToken(secret),
          createdBy: ctx.identity.user.id,
        }),
      );
      // Behind the #, the token is sent to no server and lands in no log.
      return { ...toInvite({ ...invite, createdAt }), token: secret, url: `${publicUrl}/invite#${secret}` };
    }),

  list: roomProcedure('owner', { archivedToo: true, permission: 'members:read' }).query(
    async ({ ctx, input }): Promise<Invite[]> => {
      const rows = await ctx.services.db.withScope({ user: ctx.identity.user.id }, (tx) =>
        listInvites(tx, input.roomId),
      );
      return rows.map(toInvite);
    },
  ),

  revoke: userProcedure({ permission: 'members:write' })
    .input(z.object({ id: z.uuid() }))
    .mutation(async ({ ctx, input }) => {
      // Row-level security lets owners of the room delete it and nobody else.
      const isGone = await ctx.services.db.withScope({ user: ctx.identity.user.id }, (tx) =>
        deleteInvite(tx, input.id),
      );
      if (!isGone) throw new Refusal('NOT_FOUND');
      return {};
    }),

  preview: publicProcedureWith('members:read')
    .input(z.object({ token }))
    .mutation(async ({ ctx, input }): Promise<InvitePreview> => {
      const found = await ctx.services.db.withScope(door, (tx) =>
        previewInvite(tx, hashToken(input.token), new Date()),
      );
      if (!found) throw new Refusal('INVITE_INVALID');
      const { roomTitle, kind, role, invitedBy } = found;
      return { title: roomTitle, kind, role, invitedBy };
    }),

  accept: userProcedure({ permission: 'members:write' })
    .input(z.object({ token }))
    .mutation(async ({ ctx, input }) => {
      const userId = ctx.identity.user.id;
      const accepted = await ctx.services.db.withScope(door, (tx) =>
        acceptInvite(tx, { tokenHash: hashToken(input.token), userId, now: new Date() }),
      );
      if (!accepted) throw new Refusal('INVITE_INVALID');
      return accepted;
    }),
});

function toInvite(row: { id: string; role: Invite['role']; createdAt: Date; expiresAt: Date }): Invite {
  return {
    id: row.id,
    role: row.role,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
