import { hashToken, newToken } from '@atrium/auth';
import { acceptInvite, deleteInvite, insertInvite, listInvites, previewInvite, type Scope } from '@atrium/db';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { publicProcedureWith, roomProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { changeRoom } from '../room/change-room.ts';
import { router } from '../router-builder.ts';
import { emailInput } from '../text-input.ts';
import type { CreatedInvite, Invite, InvitePreview } from '../wire.ts';
import { toInvite } from './to-invite.ts';

const day = 86_400;
const invitedRole = z.enum(['editor', 'commenter', 'viewer']);
const mayDo = { editor: 'draw', commenter: 'comment', viewer: 'look on' } as const;
const maxUses = z.int().min(1).max(1_000).nullish();
/** Seconds. */
const expiresIn = z
  .int()
  .min(60)
  .max(90 * day)
  .default(7 * day);
const token = z.string().max(200);
const door: Scope = { system: 'invite' };

export const invitesRouter = router({
  /** With `email` it is mailed, and lets one person in. */
  create: roomProcedure('owner', { isConfirmed: true, permission: 'members:write' })
    .input(z.object({ role: invitedRole, expiresIn, maxUses, email: emailInput.optional() }))
    .mutation(async ({ ctx, input: { roomId, role, email, ...input } }): Promise<CreatedInvite> => {
      const { publicUrl, inviteMails } = ctx.services;
      const { user } = ctx.identity;
      const secret = newToken();
      const createdAt = new Date();
      const invite = {
        ...{ id: randomUUID(), role },
        expiresAt: new Date(createdAt.getTime() + input.expiresIn * 1000),
        maxUses: email === undefined ? (input.maxUses ?? null) : 1,
        email: email === undefined ? null : await inviteMails.count(email, ctx.device),
      };
      const detail = { role, ...(invite.email !== null && { mailed: true }) };
      const room = await changeRoom(ctx, { roomId, action: 'room-invited', detail }, async (tx, found) => {
        await insertInvite(tx, { ...invite, roomId, tokenHash: hashToken(secret), createdBy: user.id });
        return found;
      });
      // Behind the #, the token is sent to no server and lands in no log.
      const url = `${publicUrl}/invite#${secret}`;
      if (invite.email !== null) {
        inviteMails.send({ to: invite.email, invitedBy: user.name, room: room.title, mayDo: mayDo[role], url });
      }
      return { ...toInvite({ ...invite, createdAt, uses: 0 }), token: secret, url };
    }),

  list: roomProcedure('owner', { archivedToo: true, frozenToo: true, permission: 'members:read' }).query(
    async ({ ctx, input }): Promise<Invite[]> => {
      const rows = await ctx.services.db.withScope({ user: ctx.identity.user.id }, (tx) =>
        listInvites(tx, input.roomId),
      );
      return rows.map(toInvite);
    },
  ),

  /** Whoever is in the room by this link alone is out at once, unless `keepMembers`. */
  revoke: userProcedure({ permission: 'members:write' })
    .input(z.object({ id: z.uuid(), keepMembers: z.boolean().default(false) }))
    .mutation(async ({ ctx, input }) => {
      const { db, audit } = ctx.services;
      const userId = ctx.identity.user.id;
      // Row-level security lets owners of the room delete it and nobody else.
      const revoked = await db.withScope({ user: userId }, (tx) => deleteInvite(tx, input));
      if (!revoked) throw new Refusal('NOT_FOUND');
      const detail = { room: revoked.roomId, removed: revoked.removed.length };
      await audit.record({ action: 'room-invite-revoked', userId, device: ctx.device, detail });
      return { removed: revoked.removed.length };
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
      const { roomId, role, isChanged } = accepted;
      const entry = { action: 'room-joined', userId, device: ctx.device } as const;
      if (isChanged) await ctx.services.audit.record({ ...entry, detail: { room: roomId, role } });
      return { roomId, role };
    }),
});
