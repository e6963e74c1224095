import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { publicProcedure, userHttpProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { emailInput, lineOfText, newPasswordInput, passwordInput } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { nobody, toMe } from './me.ts';
import type { StartedSession } from '@atrium/auth';

const name = lineOfText(80);

export const authRouter = router({
  me: publicProcedure.query(async ({ ctx }): Promise<Me> => {
    const identity = await ctx.identify();
    return identity ? toMe(identity, ctx.services.lifetimes) : nobody;
  }),

  register: publicProcedure
    .input(z.object({ email: emailInput, password: newPasswordInput, name: name.optional() }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      const { email, password } = input;
      return signIn(ctx, await ctx.services.accounts.register({ email, password, name: input.name }, ctx.device));
    }),

  login: publicProcedure
    .input(z.object({ email: emailInput, password: passwordInput, remember: z.boolean().optional() }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      return signIn(ctx, await ctx.services.accounts.signIn(input, ctx.device));
    }),

  guest: publicProcedure.input(z.object({ name })).mutation(async ({ ctx, input }): Promise<Me> => {
    return signIn(ctx, await ctx.services.accounts.enterAsGuest(input, ctx.device));
  }),

  logout: userHttpProcedure.mutation(async ({ ctx }) => {
    const { sessions, live } = ctx.services;
    const { publicId } = ctx.identity.session;
    await sessions.end(ctx.identity, publicId, 'signed-out');
    // The notification does the same on every node; here it is done before the answer leaves.
    live.end(publicId, 'signed-out');
    ctx.setToken(null);
    return {};
  }),
});

/** A new token each time; the session that the browser had before ends, so nobody can plant one (fixation). */
async function signIn(ctx: HttpContext, started: StartedSession): Promise<Me> {
  const before = await ctx.identify();
  if (before) {
    await ctx.services.sessions.end(before, before.session.publicId, 'signed-out');
    ctx.services.live.end(before.session.publicId, 'signed-out');
  }
  ctx.setToken(started.token);
  return toMe(started.identity, ctx.services.lifetimes);
}
