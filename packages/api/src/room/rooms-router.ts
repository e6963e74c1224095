import {
  archiveRoom,
  deleteRoom,
  findPublicRoom,
  findRoom,
  insertRoom,
  listRooms,
  type MemberRoom,
  publishRoom,
  renameRoom,
  type ScopedTx,
} from '@atrium/db';
import { kinds } from '@atrium/kinds';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { publicProcedureWith, roomProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import { lineOfText } from '../text-input.ts';
import type { Room, RoomPreview } from '../wire.ts';
import { changeRoom, owned } from './change-room.ts';
import { roomStreams } from './room-streams.ts';
import { toRoom, toVisitedRoom } from './to-room.ts';

const title = lineOfText(120);
const readable = { archivedToo: true, frozenToo: true } as const;
const kind = z.string().refine((name) => kinds.has(name), 'There is no such kind of room.');

export const roomsRouter = router({
  create: userProcedure({ isConfirmed: true, permission: 'rooms:write' })
    .input(z.object({ kind, title }))
    .mutation(async ({ ctx, input }): Promise<Room> => {
      const { db, hub } = ctx.services;
      const createdBy = ctx.identity.user.id;
      const id = randomUUID();
      return db.withScope({ user: createdBy }, async (tx) => {
        await insertRoom(tx, createdBy, { id, kind: input.kind, title: input.title });
        return toRoom(await theRoom(tx, createdBy, id), hub);
      });
    }),

  list: userProcedure({ permission: 'rooms:read' })
    .input(z.object({ archived: z.boolean().optional() }).optional())
    .query(async ({ ctx, input }): Promise<Room[]> => {
      const { db, hub } = ctx.services;
      const rows = await db.withScope({ user: ctx.identity.user.id }, (tx) =>
        listRooms(tx, ctx.identity.user.id, { archived: input?.archived ?? false }),
      );
      return rows.map((row) => toRoom(row, hub));
    }),

  get: roomProcedure('viewer', { ...readable, visitorsToo: true, permission: 'rooms:read' }).query(
    async ({ ctx, input }): Promise<Room> => {
      const { db, hub } = ctx.services;
      const { id } = ctx.identity.user;
      return db.withScope({ user: id }, async (tx) => {
        const room = await findRoom(tx, id, input.roomId);
        if (room) return toRoom(room, hub);
        const open = await findPublicRoom(tx, input.roomId);
        if (open) return toVisitedRoom(open, hub);
        throw new Refusal('NOT_FOUND');
      });
    },
  ),

  rename: roomProcedure('owner', { permission: 'rooms:write' })
    .input(z.object({ title }))
    .mutation(({ ctx, input }): Promise<Room> => {
      const act = { roomId: input.roomId, action: 'room-renamed', detail: { to: input.title } } as const;
      return changeRoom(ctx, act, async (tx, room) => {
        owned(await renameRoom(tx, room.id, input.title));
        return toRoom({ ...room, title: input.title }, ctx.services.hub);
      });
    }),

  archive: roomProcedure('owner', { archivedToo: true, permission: 'rooms:write' })
    .input(z.object({ archived: z.boolean().default(true) }))
    .mutation(({ ctx, input }): Promise<Room> => {
      const archivedAt = input.archived ? new Date() : null;
      const action = input.archived ? 'room-archived' : 'room-brought-back';
      return changeRoom(ctx, { roomId: input.roomId, action }, async (tx, room) => {
        owned(await archiveRoom(tx, room.id, archivedAt));
        return toRoom({ ...room, archivedAt }, ctx.services.hub);
      });
    }),

  /** Whether whoever is signed in and knows the address may look on. Those who do when it ends are out at once. */
  publish: roomProcedure('owner', { archivedToo: true, isConfirmed: true, permission: 'rooms:write' })
    .input(z.object({ public: z.boolean() }))
    .mutation(({ ctx, input: { roomId, public: isPublic } }): Promise<Room> => {
      const action = isPublic ? 'room-made-public' : 'room-made-private';
      return changeRoom(ctx, { roomId, action }, async (tx, room) => {
        owned(await publishRoom(tx, roomId, isPublic));
        return toRoom({ ...room, isPublic }, ctx.services.hub);
      });
    }),

  /** What the page of a public room shows to whoever is not signed in. */
  preview: publicProcedureWith('rooms:read')
    .input(z.object({ roomId: z.uuid() }))
    .query(async ({ ctx, input }): Promise<RoomPreview> => {
      const room = await ctx.services.db.withScope({ system: 'public-room' }, (tx) => findPublicRoom(tx, input.roomId));
      if (!room) throw new Refusal('NOT_FOUND');
      return { title: room.title, kind: room.kind };
    }),

  remove: roomProcedure('owner', { archivedToo: true, permission: 'rooms:write' }).mutation(async ({ ctx, input }) => {
    const { roomId } = input;
    const { id, name } = ctx.identity.user;
    await changeRoom(ctx, { roomId, action: 'room-deleted' }, async (tx) => owned(await deleteRoom(tx, roomId)));
    await ctx.services.hub.evict(roomId, 'room-deleted', { userId: id, name });
    return {};
  }),

  ...roomStreams,
});

async function theRoom(tx: ScopedTx, userId: string, roomId: string): Promise<MemberRoom> {
  const row = await findRoom(tx, userId, roomId);
  if (!row) throw new Refusal('NOT_FOUND');
  return row;
}
