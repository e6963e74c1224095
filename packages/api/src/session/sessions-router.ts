import { findRoom, listSessions, type ScopedTx } from '@atrium/db';
import { z } from 'zod';
import { toMe } from '../account/me.ts';
import { userProcedure } from '../policy/procedure.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import type { Device, Me } from '../wire.ts';
import { originOf } from './origin-of.ts';
import { tellEnded } from './take-session.ts';

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
        ...originOf(row),
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        remembered: row.isRemembered,
        factors: row.factors,
        impersonated: row.impersonatorId !== null,
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
      const { sessions, live, audit } = ctx.services;
      const { identity, device } = ctx;
      const reason = input.publicId === identity.session.publicId ? 'signed-out' : 'signed-out-elsewhere';
      if (!(await sessions.end(identity, input.publicId, reason))) throw new Refusal('NOT_FOUND');
      live.end(input.publicId, reason);
      const detail = { session: input.publicId };
      await audit.record({ action: 'session-ended', userId: identity.user.id, device, detail });
      return {};
    }),

  revokeOthers: userProcedure().mutation(async ({ ctx }) => {
    const { sessions, audit } = ctx.services;
    const { identity, device } = ctx;
    const ended = await sessions.endOthers(identity, 'signed-out-elsewhere');
    tellEnded(ctx, ended, 'signed-out-elsewhere');
    for (const session of ended)
      await audit.record({ action: 'session-ended', userId: identity.user.id, device, detail: { session } });
    return { ended: ended.length };
  }),

  /**
   * Gives this session more time before its absolute end, where the policy of the server allows. No proof is asked for:
   * it bounds how long a forgotten session lives, and the bound on all extensions together stays. Over the socket too,
   * which lives on with the session.
   */
  extend: userProcedure({ isSelf: true }).mutation(async ({ ctx }): Promise<Me> => {
    const { sessions, lifetimes } = ctx.services;
    const extended = await sessions.extend(ctx.identity);
    if (!extended) throw new Refusal('NOT_EXTENDABLE');
    return toMe(extended, lifetimes);
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
