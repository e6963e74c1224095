import { archiveRoom, deleteRoom, findRoom, insertRoom, listRooms, renameRoom, type ScopedTx } from '@atrium/db';
import { kinds } from '@atrium/kinds';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Identity } from '@atrium/auth';
import type { Services } from '../context.ts';
import { roomProcedure, userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import { lineOfText } from '../text-input.ts';
import type { Room } from '../wire.ts';
import { roomStreams } from './room-streams.ts';
import { toRoom } from './to-room.ts';

const title = lineOfText(120);
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

  get: roomProcedure('viewer', { archivedToo: true, permission: 'rooms:read' }).query(
    ({ ctx, input }): Promise<Room> => {
      return inRoom(ctx, input.roomId, () => Promise.resolve());
    },
  ),

  rename: roomProcedure('owner', { permission: 'rooms:write' })
    .input(z.object({ title }))
    .mutation(({ ctx, input }): Promise<Room> => {
      return inRoom(ctx, input.roomId, async (tx) => owned(await renameRoom(tx, input.roomId, input.title)));
    }),

  archive: roomProcedure('owner', { archivedToo: true, permission: 'rooms:write' })
    .input(z.object({ archived: z.boolean().default(true) }))
    .mutation(({ ctx, input }): Promise<Room> => {
      const at = input.archived ? new Date() : null;
      return inRoom(ctx, input.roomId, async (tx) => owned(await archiveRoom(tx, input.roomId, at)));
    }),

  remove: roomProcedure('owner', { archivedToo: true, permission: 'rooms:write' }).mutation(async ({ ctx, input }) => {
    const { db, hub } = ctx.services;
    await db.withScope({ user: ctx.identity.user.id }, async (tx) => owned(await deleteRoom(tx, input.roomId)));
    await hub.evict(input.roomId, 'room-deleted');
    return {};
  }),

  ...roomStreams,
});

/** Row-level security has the last word: an owner who was lowered since the policy looked changes nothing. */
function owned(isDone: boolean): void {
  if (!isDone) throw new Refusal('NOT_ALLOWED');
}

/** Changes a room and answers with what it is then, in one transaction. */
async function inRoom(
  ctx: { services: Services; identity: Identity },
  roomId: string,
  change: (tx: ScopedTx) => Promise<unknown>,
): Promise<Room> {
  const { db, hub } = ctx.services;
  const userId = ctx.identity.user.id;
  return db.withScope({ user: userId }, async (tx) => {
    await change(tx);
    return toRoom(await theRoom(tx, userId, roomId), hub);
  });
}

async function theRoom(tx: ScopedTx, userId: string, roomId: string) {
  const row = await findRoom(tx, userId, roomId);
  if (!row) throw new Refusal('NOT_FOUND');
  return row;
}
