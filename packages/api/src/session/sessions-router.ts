import { findRoom, listSessions, type ScopedTx } from '@atrium/db';
import { z } from 'zod';
import { userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import type { Device } from '../wire.ts';

export const sessionsRouter = router({
  list: userProcedure().query(async ({ ctx }): Promise<Device[]> => {
    const { db, live } = ctx.services;
    const { user, session } = ctx.identity;
    return db.withScope({ user: user.id }, async (tx) => {
      const rows = await listSessions(tx, user.id);
      const watched = new Map(rows.map((row) => [row.publicId, live.roomsOf(row.publicId)]));
      const titles = await titlesOf(tx, user.id, new Set([...watched.values()].flat()));
      return rows.map((row) => ({
        publicId: row.publicId,
        current: row.publicId === session.publicId,
        label: row.label,
        place: row.ipPrefix,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        sockets: live.count(row.publicId),
        rooms: (watched.get(row.publicId) ?? []).flatMap((id) => {
          const title = titles.get(id);
          return title === undefined ? [] : [{ id, title }];
        }),
      }));
    });
  }),

  revoke: userProcedure()
    .input(z.object({ publicId: z.uuid() }))
    .mutation(async ({ ctx, input }) => {
      const { sessions, live } = ctx.services;
      const reason = input.publicId === ctx.identity.session.publicId ? 'signed-out' : 'signed-out-elsewhere';
      if (!(await sessions.end(ctx.identity, input.publicId, reason))) throw new Refusal('NOT_FOUND');
      live.end(input.publicId, reason);
      return {};
    }),

  revokeOthers: userProcedure().mutation(async ({ ctx }) => {
    const { sessions, live } = ctx.services;
    const ended = await sessions.endOthers(ctx.identity, 'signed-out-elsewhere');
    for (const publicId of ended) live.end(publicId, 'signed-out-elsewhere');
    return { ended: ended.length };
  }),
});

/** Titles by room id; rooms that the user has left are not among them. */
export async function titlesOf(tx: ScopedTx, userId: string, roomIds: Iterable<string>): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  for (const id of roomIds) {
    const room = await findRoom(tx, userId, id);
    if (room) titles.set(id, room.title);
  }
  return titles;
}
