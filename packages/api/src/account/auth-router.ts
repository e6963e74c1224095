import { z } from 'zod';
import { actingDevice } from '../access/acting-device.ts';
import { passkeySignInRouter } from '../factor/passkey-sign-in-router.ts';
import { publicProcedure, publicProcedureWith, userHttpProcedure } from '../policy/procedure.ts';
import { router } from '../router-builder.ts';
import { stopImpersonating } from '../session/stop-impersonating.ts';
import { endSession, takeSession } from '../session/take-session.ts';
import { codeInput, emailInput, lineOfText, newPasswordInput, passwordInput } from '../text-input.ts';
import type { Me, SignInOptions } from '../wire.ts';
import { mailLinkProcedures } from './mail-link-procedures.ts';
import { nobody, toMe } from './me.ts';
import { proofInput, reauthenticate } from './reauthenticate.ts';

const name = lineOfText(80);

export const authRouter = router({
  me: publicProcedureWith('account:read').query(async ({ ctx }): Promise<Me> => {
    const identity = await ctx.identify();
    return identity ? toMe(identity, ctx.services.lifetimes) : nobody;
  }),

  /** How one can sign in here besides an address and a password. */
  options: publicProcedure.query(({ ctx }): SignInOptions => ({ providers: ctx.services.providers.options })),

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
    .input(
      z.object({
        email: emailInput,
        password: passwordInput,
        remember: z.boolean().optional(),
        code: codeInput.optional(),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<Me> => {
      return takeSession(ctx, await ctx.services.accounts.signIn(input, ctx.device));
    }),

  guest: publicProcedure.input(z.object({ name })).mutation(async ({ ctx, input }): Promise<Me> => {
    return takeSession(ctx, await ctx.services.accounts.enterAsGuest(input, ctx.device));
  }),

  /** Proves that it is still the same person: opens sudo. */
  reauthenticate: userHttpProcedure({ isSelf: true })
    .input(proofInput)
    .mutation(({ ctx, input }): Promise<Me> => reauthenticate(ctx, input)),

  /** An administrator who acts as somebody else goes back to their own session; `Me` says who is signed in then. */
  stopImpersonating: userHttpProcedure().mutation(({ ctx }): Promise<Me> => stopImpersonating(ctx, ctx.identity)),

  /** Also for who is signed out already: a second click, a session that has expired. The cookie is gone in any case. */
  logout: publicProcedure.mutation(async ({ ctx }) => {
    const identity = await ctx.identify();
    if (identity && (await endSession(ctx, identity))) {
      const action = identity.session.impersonator ? 'admin-impersonation-ended' : 'signed-out';
      const device = actingDevice(ctx.device, identity);
      await ctx.services.audit.record({ action, userId: identity.user.id, device });
    }
    ctx.setCookie(null);
    return {};
  }),

  passkeys: passkeySignInRouter,
  ...mailLinkProcedures,
});
