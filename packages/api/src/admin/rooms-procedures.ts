import {
  deleteInvite,
  deleteRoom,
  listInvitesForAdmin,
  listMembersForAdmin,
  searchAuditEvents,
  searchRooms,
  setRoomFrozen,
  transferRoom,
} from '@atrium/db';
import { z } from 'zod';
import { toInvite } from '../invite/to-invite.ts';
import { adminProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { actAs, anAdministrator, lookAs } from './act.ts';
import { theRoom, theUser } from './find.ts';
import { cursorOf, pageOf, pageSize, readCursor, toAdminAuditEvent, toAdminRoom } from './to-admin.ts';
import type { AdminInvite, AdminRoom, AdminRoomDetail, Page } from './wire.ts';

const ofRoom = z.object({ roomId: z.uuid() });
const text = z.string().trim().max(200).default('');
const filter = z.enum(['all', 'archived', 'frozen', 'public']).default('all');
const after = z.string().max(80).optional();

export const roomsProcedures = {
  rooms: adminProcedure()
    .input(z.object({ text, filter, after }).prefault({}))
    .query(async ({ ctx, input }): Promise<Page<AdminRoom>> => {
      const search = { text: input.text, filter: input.filter, after: readCursor(input.after), most: pageSize + 1 };
      const rows = await lookAs(ctx, (tx) => searchRooms(tx, search));
      return pageOf(rows, (row) => toAdminRoom(row, ctx.services.hub), cursorOf);
    }),

  /** Who is in it and what happened to it; never what is drawn in it. */
  room: adminProcedure()
    .input(ofRoom)
    .query(({ ctx, input: { roomId } }): Promise<AdminRoomDetail> => {
      return lookAs(ctx, async (tx) => {
        const room = await theRoom(tx, roomId);
        const recent = await searchAuditEvents(tx, { room: roomId, most: 20 });
        const people = await listMembersForAdmin(tx, roomId);
        return {
          ...toAdminRoom(room, ctx.services.hub),
          people: people.map(({ isGuest, createdAt, ...person }) => ({
            ...person,
            guest: isGuest,
            since: createdAt.toISOString(),
          })),
          recent: recent.map(toAdminAuditEvent),
        };
      });
    }),

  /** Everybody looks on from this moment, the owners too, until it is lifted. */
  freezeRoom: adminProcedure({ isSudo: true })
    .input(ofRoom.extend({ frozen: z.boolean().default(true) }))
    .mutation(async ({ ctx, input: { roomId, frozen } }) => {
      const action = frozen ? 'admin-room-frozen' : 'admin-room-thawed';
      await actAs(
        ctx,
        (name: string | null) => (name === null ? null : { action, userId: null, detail: { room: roomId, name } }),
        async (tx) => {
          const { title } = await theRoom(tx, roomId);
          return (await setRoomFrozen(tx, roomId, frozen ? new Date() : null)) ? title : null;
        },
      );
      return {};
    }),

  /** The room has this owner from now on, in it before or not; who owned it stays as an editor. */
  transferRoom: adminProcedure({ isSudo: true })
    .input(ofRoom.extend({ userId: z.uuid() }))
    .mutation(async ({ ctx, input: { roomId, userId } }) => {
      await actAs(
        ctx,
        (name: string) => ({ action: 'admin-room-transferred', userId, detail: { room: roomId, name } }),
        async (tx) => {
          const { title } = await theRoom(tx, roomId);
          const user = await theUser(tx, userId);
          if (user.isGuest || user.disabledAt !== null)
            throw new Refusal('NOT_ALLOWED', 'A room is owned by an account that can sign in.');
          await transferRoom(tx, roomId, userId);
          return title;
        },
      );
      return {};
    }),

  deleteRoom: adminProcedure({ isSudo: true })
    .input(ofRoom)
    .mutation(async ({ ctx, input: { roomId } }) => {
      await actAs(
        ctx,
        (name: string) => ({ action: 'admin-room-deleted', userId: null, detail: { room: roomId, name } }),
        async (tx) => {
          const { title } = await theRoom(tx, roomId);
          await deleteRoom(tx, roomId);
          return title;
        },
      );
      await ctx.services.hub.evict(roomId, 'room-deleted', anAdministrator);
      return {};
    }),

  invites: adminProcedure()
    .input(z.object({ after }).prefault({}))
    .query(async ({ ctx, input }): Promise<Page<AdminInvite>> => {
      const rows = await lookAs(ctx, (tx) =>
        listInvitesForAdmin(tx, { after: readCursor(input.after), most: pageSize + 1 }),
      );
      const now = Date.now();
      const toItem = (row: (typeof rows)[number]): AdminInvite => ({
        ...toInvite(row),
        room: { id: row.roomId, title: row.roomTitle },
        invitedBy: row.invitedBy,
        open: row.expiresAt.getTime() > now && (row.maxUses === null || row.uses < row.maxUses),
      });
      return pageOf(rows, toItem, cursorOf);
    }),

  /** Who is in the room by it alone is out at once. */
  revokeInvite: adminProcedure({ isSudo: true })
    .input(z.object({ id: z.uuid() }))
    .mutation(async ({ ctx, input: { id } }) => {
      const { removed } = await actAs(
        ctx,
        ({ roomId, removed: gone }: { roomId: string; removed: readonly string[] }) => ({
          action: 'admin-invite-revoked',
          userId: null,
          detail: { room: roomId, removed: gone.length },
        }),
        async (tx) => {
          const revoked = await deleteInvite(tx, { id, keepMembers: false });
          if (!revoked) throw new Refusal('NOT_FOUND', 'This invitation is gone already.');
          return revoked;
        },
      );
      return { removed: removed.length };
    }),
};
