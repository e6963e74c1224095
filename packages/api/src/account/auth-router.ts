import { z } from 'zod';
import { publicProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { endSession, takeSession } from '../session/take-session.ts';
import { emailInput, lineOfText, newPasswordInput, passwordInput } from '../text-input.ts';
import type { Me } from '../wire.ts';
import { mailLinkProcedures } from './mail-link-procedures.ts';
import { nobody, toMe } from './me.ts';

const name = lineOfText(80);

export const authRouter = router({
  me: publicProcedure.query(async ({ ctx }): Promise<Me> => {
    const identity = await ctx.identify();
    return identity ? toMe(identity, ctx.services.lifetimes) : nobody;
  }),

  register: publicProcedure
    .input(z.object({ email: emailInput, password: newPasswordInput, name: name.optional() }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      const { email, password, name: chosen } = input;
      const { accounts, addresses } = ctx.services;
      const started = await accounts.register({ email, password, name: chosen }, ctx.device);
      await addresses.greet(started.identity, ctx.device);
      return takeSession(ctx, started);
    }),

  login: publicProcedure
    .input(z.object({ email: emailInput, password: passwordInput, remember: z.boolean().optional() }))
    .mutation(async ({ ctx, input }): Promise<Me> => {
      return takeSession(ctx, await ctx.services.accounts.signIn(input, ctx.device));
    }),

  guest: publicProcedure.input(z.object({ name })).mutation(async ({ ctx, input }): Promise<Me> => {
    return takeSession(ctx, await ctx.services.accounts.enterAsGuest(input, ctx.device));
  }),

  /** Also for who is signed out already: a second click, a session that has expired. The cookie is gone in any case. */
  logout: publicProcedure.mutation(async ({ ctx }) => {
    const identity = await ctx.identify();
    if (identity) await endSession(ctx, identity);
    ctx.setCookie(null);
    return {};
  }),

  ...mailLinkProcedures,
});
