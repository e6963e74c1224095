import { z } from 'zod';
import type { HttpContext } from '../context.ts';
import { publicProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { emailInput, lineOfText, newPasswordInput, passwordInput } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { nobody, toMe } from './me.ts';
import type { Identity, StartedSession } from '@atrium/auth';

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
      return signIn(ctx, await ctx.services.accounts.signIn(input, ctx.device), input.remember);
    }),

  guest: publicProcedure.input(z.object({ name })).mutation(async ({ ctx, input }): Promise<Me> => {
    return signIn(ctx, await ctx.services.accounts.enterAsGuest(input, ctx.device));
  }),

  /** Also for who is signed out already: a second click, a session that has expired. The cookie is gone in any case. */
  logout: publicProcedure.mutation(async ({ ctx }) => {
    const identity = await ctx.identify();
    if (identity) await endSession(ctx, identity);
    ctx.setCookie(null);
    return {};
  }),
});

/** A new token each time; the session that the browser had before ends, so nobody can plant one (fixation). */
async function signIn(ctx: HttpContext, started: StartedSession, remember = true): Promise<Me> {
  const before = await ctx.identify();
  if (before) await endSession(ctx, before);
  ctx.setCookie({ token: started.token, remember });
  return toMe(started.identity, ctx.services.lifetimes);
}

async function endSession({ services: { sessions, live } }: HttpContext, identity: Identity): Promise<void> {
  const { publicId } = identity.session;
  await sessions.end(identity, publicId, 'signed-out');
  // The notification does the same on every node; here it is done before the answer leaves.
  live.end(publicId, 'signed-out');
}
