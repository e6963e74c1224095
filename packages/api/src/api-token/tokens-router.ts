import type { IssuedToken } from '@atrium/auth';
import { z } from 'zod';
import { programProcedure, userHttpProcedure, userProcedure } from '../policy/procedure.ts';
import { permissions } from '../policy/permission.ts';
import { Refusal } from '../refusal.ts';
import { router } from '../router-builder.ts';
import { titlesOf } from '../session/sessions-router.ts';
import { lineOfText } from '../text-input.ts';
import type { ApiToken, IssuedApiToken } from '../wire.ts';

const day = 86_400;
/** Seconds until the token ends for good. */
const expiresIn = z
  .int()
  .min(60)
  .max(366 * day)
  .default(30 * day);
const wanted = z
  .array(z.enum(permissions))
  .min(1, 'Choose at least one permission.')
  .max(permissions.length)
  .transform((list) => [...new Set(list)]);

export const tokensRouter = router({
  /** The two tokens are in this answer and nowhere else. */
  create: userHttpProcedure({ isAccount: true, isConfirmed: true, isSudo: true })
    .input(z.object({ name: lineOfText(80), permissions: wanted, expiresIn }))
    .mutation(async ({ ctx, input }): Promise<IssuedApiToken> => {
      const token = { name: input.name, permissions: input.permissions, lifetime: input.expiresIn * 1000 };
      return toWire(await ctx.services.apiTokens.create(ctx.identity, token, ctx.device));
    }),

  list: userProcedure().query(async ({ ctx }): Promise<ApiToken[]> => {
    const { apiTokens, db, live } = ctx.services;
    const { user } = ctx.identity;
    const rows = await apiTokens.list(ctx.identity);
    const watched = new Map(rows.map(({ id }) => [id, live.roomsOf(id)]));
    const ids = new Set([...watched.values()].flat());
    const titles = await db.withScope({ user: user.id }, (tx) => titlesOf(tx, user.id, ids));
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      permissions: row.permissions,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      place: row.lastIpPrefix,
      sockets: live.count(row.id),
      rooms: (watched.get(row.id) ?? []).flatMap((id) => {
        const title = titles.get(id);
        return title === undefined ? [] : [{ id, title }];
      }),
    }));
  }),

  revoke: userHttpProcedure()
    .input(z.object({ id: z.uuid() }))
    .mutation(async ({ ctx, input }) => {
      const { apiTokens, live } = ctx.services;
      if (!(await apiTokens.revoke(ctx.identity, input.id, ctx.device))) throw new Refusal('NOT_FOUND');
      // The notification does the same on every node; here it is done before the answer leaves.
      live.end(input.id, 'signed-out-elsewhere');
      return {};
    }),

  /** Whoever holds the refresh token: no cookie, no page. One answer to all that is not good, whatever it is. */
  refresh: programProcedure
    .input(z.object({ refreshToken: z.string().max(200) }))
    .mutation(async ({ ctx, input }): Promise<IssuedApiToken> => {
      const issued = await ctx.services.apiTokens.refresh(input.refreshToken, ctx.device);
      if (!issued) throw new Refusal('TOKEN_INVALID');
      return toWire(issued);
    }),
});

function toWire({ accessExpiresAt, expiresAt, ...token }: IssuedToken): IssuedApiToken {
  return { ...token, accessExpiresAt: accessExpiresAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
